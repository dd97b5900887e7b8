package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item that a response makes: opened, said step by step, closed. Confined to the session's loop. */
abstract sealed class OutputItem permits WrittenMessage, SpokenMessage, CalledFunction, CalledMcpTool, AskedApproval {
    final SessionScope scope;
    final ResponseRun run;
    final int index;
    final String id;
    final ConversationItem item;
    private @Nullable String previousId;
    private JsonObject finished = JsonObject.EMPTY;

    OutputItem(ResponseRun run, int index) {
        this.run = run;
        this.scope = run.scope();
        this.index = index;
        this.id = scope.ids.item();
        this.item = new ConversationItem(id, JsonObject.EMPTY);
    }

    /** The item as it is now; null status for kinds that have none. */
    abstract JsonObject json(String status);

    /** After the item has been announced. */
    void opened() {}

    /** Sends at most one event. */
    abstract Step step();

    /** What belongs to the item and comes after its last delta, before it is done. */
    void closing(String status) {}

    /** How long its speech plays; 0 for all but speech. */
    long audioMillis() {
        return 0;
    }

    /** Whether a call that follows begins before this item is closed. */
    boolean staysOpenForCall() {
        return false;
    }

    final void open() {
        JsonObject json = json("in_progress");
        item.json(json);
        scope.out.send("response.output_item.added", "response_id", run.id(), "output_index", index, "item", json);
        if (run.isInConversation()) {
            previousId = scope.items.lastId();
            scope.items.append(item);
            scope.out.send("conversation.item.added", "previous_item_id", previousId, "item", json);
        }
        opened();
    }

    /** @param status {@code completed} or {@code incomplete} */
    final void close(String status) {
        closing(status);
        JsonObject json = json(status);
        finished = json;
        if (!item.isTruncated(0)) {
            item.json(json);
        }
        if (run.isInConversation()) {
            // As recorded: null when the item before is the first of the conversation.
            String previous = scope.items.isSecond(item) ? null : previousId;
            scope.out.send("conversation.item.done", "previous_item_id", previous, "item", json);
        }
        scope.out.send("response.output_item.done", "response_id", run.id(), "output_index", index, "item", json);
    }

    /** The item as it was closed. */
    final JsonObject finished() {
        return finished;
    }

    final void send(String type, @Nullable Object... more) {
        @Nullable Object[] members = new @Nullable Object[more.length + 6];
        members[0] = "response_id";
        members[1] = run.id();
        members[2] = "item_id";
        members[3] = id;
        members[4] = "output_index";
        members[5] = index;
        System.arraycopy(more, 0, members, 6, more.length);
        scope.out.send(type, members);
    }

    final void sendDelta(String type, String delta, String name, Object value) {
        scope.out.sendDelta(
                type, delta, List.of("response_id", run.id(), "item_id", id, "output_index", index, name, value));
    }
}
