package io.github.realtime4j.tool;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tool. It is called on an executor of its own, several calls at a time, and may block.
 *
 * @param <A> the arguments
 */
@FunctionalInterface
public interface ToolHandler<A> {
    /**
     * Answers one call.
     *
     * <p>When the call is cancelled, by its timeout or the session's end, the thread that is in here is interrupted; what is
     * returned then is dropped. Work that goes on elsewhere is told by {@link ToolCall#onCancel}.
     *
     * @return what the model reads. A string is sent as it is. {@code JsonValue}, records, numbers, booleans, maps, iterables,
     *     arrays of objects and null become JSON, in which a record's components have snake-case names and are left out when null or an
     *     empty {@code Optional}. An enum is its name, anything else its {@code toString}. A {@link CompletionStage} is
     *     awaited.
     * @throws Exception with a message that the model will read
     */
    @Nullable
    Object call(A arguments, ToolCall call) throws Exception;
}
