package io.github.realtime4j.tool;

import io.github.realtime4j.protocol.Item;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One call of a tool by the model. */
public final class ToolCall {
    private final String responseId;
    private final Item.FunctionCall item;
    private final CompletableFuture<?> cancelled;
    private final Executor executor;

    /**
     * @param item with a call id
     * @param cancelled done when nobody waits for the answer any more
     * @param executor runs what is to be done then
     */
    public ToolCall(String responseId, Item.FunctionCall item, CompletableFuture<?> cancelled, Executor executor) {
        this.responseId = responseId;
        this.item = item;
        this.cancelled = cancelled;
        this.executor = executor;
    }

    public String callId() {
        return String.valueOf(item.callId());
    }

    /** The tool's name. */
    public String name() {
        return item.name();
    }

    /** As the model wrote them: JSON, unchecked. */
    public String arguments() {
        return item.arguments();
    }

    /** The response that called. */
    public String responseId() {
        return responseId;
    }

    /** The call in the conversation. */
    public @Nullable String itemId() {
        return item.id();
    }

    /** Whether nobody waits for the answer any more: the call has timed out, or the session has ended. */
    public boolean isCancelled() {
        return cancelled.isDone();
    }

    /** Does this, once, when the call is cancelled, or now if it is; never when it has been answered. */
    public void onCancel(Runnable action) {
        var unused = cancelled.thenRunAsync(action, executor);
    }

    /** Without the arguments, which are the user's words. */
    @Override
    public String toString() {
        return "ToolCall[" + name() + ", " + callId() + "]";
    }
}
