package io.github.realtime4j.session;

import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.McpListToolsEvent;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Tool;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The MCP servers that the service calls for a session: whether their tools are listed yet, which calls wait for approval,
 * and whether a call has ended without the model saying anything. Confined to its owner.
 */
public final class McpServers {
    private final Executor executor;
    private final Function<Set<String>, RuntimeException> unlisted;

    /** Labels that the session's tools name and that have not been listed. */
    private final Set<String> awaited = new LinkedHashSet<>();

    private final Set<String> failed = new LinkedHashSet<>();

    /** Labels whose lists have come to an end, either way. */
    private final Set<String> settled = new HashSet<>();

    /** Lists under way or done, label by item id. */
    private final Map<String, String> labels = new LinkedHashMap<>();

    private final Set<String> completedEarly = new HashSet<>();
    private final Set<String> failedEarly = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

    /** What becomes of {@link #ready} is decided; it may be on its way. */
    private boolean decided;

    /**
     * @param executor completes futures
     * @param unlisted makes the exception for servers, by label, whose tools could not be listed
     */
    public McpServers(Executor executor, Function<Set<String>, RuntimeException> unlisted) {
        this.executor = executor;
        this.unlisted = unlisted;
    }

    /** The tools in force: those of servers that are new have yet to be listed. */
    public void tools(@Nullable List<Tool> tools) {
        if (tools == null) {
            return;
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (Tool tool : tools) {
            if (tool instanceof Tool.Mcp mcp) {
                wanted.add(mcp.serverLabel());
            }
        }
        wanted.removeAll(settled);
        awaited.retainAll(wanted);
        awaited.addAll(wanted);
        if (decided && !awaited.isEmpty()) {
            ready = new CompletableFuture<>();
            decided = false;
        }
        settle();
    }

    /** Completes when the tools of all servers are listed, at once if there are none. */
    public CompletableFuture<@Nullable Void> ready() {
        CompletableFuture<@Nullable Void> copy = ready.copy();
        settle();
        return copy;
    }

    /** @return a request that the application is to decide on, if the event is one, and is so for the first time */
    public Item.@Nullable McpApprovalRequest apply(ServerEvent event) {
        if (event instanceof McpListToolsEvent.Completed completed) {
            listed(completed.itemId(), true);
        } else if (event instanceof McpListToolsEvent.Failed failure) {
            listed(failure.itemId(), false);
        } else if (event instanceof ConversationEvent.ItemAdded added) {
            return item(added.item(), false);
        } else if (event instanceof ConversationEvent.ItemDone done) {
            return item(done.item(), true);
        } else if (event instanceof ResponseEvent.OutputItemDone done) {
            return item(done.item(), true);
        }
        return null;
    }

    private Item.@Nullable McpApprovalRequest item(Item item, boolean done) {
        if (item instanceof Item.McpListTools list && list.id() != null) {
            labels.put(list.id(), list.serverLabel());
            if (completedEarly.remove(list.id())) {
                listed(list.id(), true);
            } else if (failedEarly.remove(list.id())) {
                listed(list.id(), false);
            }
        } else if (done && item instanceof Item.McpApprovalRequest request && asked.add(String.valueOf(request.id()))) {
            return request;
        }
        return null;
    }

    /** The events of a list name its item, and only the item names the server; either may come first. */
    private void listed(String itemId, boolean complete) {
        String label = labels.get(itemId);
        if (label == null) {
            (complete ? completedEarly : failedEarly).add(itemId);
            return;
        }
        settled.add(label);
        if (awaited.remove(label) && !complete) {
            failed.add(label);
        }
        settle();
    }

    private void settle() {
        if (!awaited.isEmpty() || decided) {
            return;
        }
        decided = true;
        CompletableFuture<@Nullable Void> told = ready;
        if (failed.isEmpty()) {
            executor.execute(() -> told.complete(null));
        } else {
            RuntimeException why = unlisted.apply(Set.copyOf(failed));
            failed.clear();
            executor.execute(() -> told.completeExceptionally(why));
        }
    }

    /** Whether a response ended with an MCP call after which the model said nothing: it waits to be asked. */
    public static boolean endsUnspoken(Response response) {
        List<Item> output = response.output();
        return !output.isEmpty() && output.get(output.size() - 1) instanceof Item.McpCall;
    }

    public void end(RuntimeException why) {
        if (!decided) {
            decided = true;
            CompletableFuture<@Nullable Void> left = ready;
            executor.execute(() -> left.completeExceptionally(why));
        }
    }
}
