package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.validation.ServiceErrors;
import org.jspecify.annotations.Nullable;

/** What a client does to the conversation: create, truncate, delete, retrieve. Each answers null or why not. */
final class ItemCommands {
    /** Items that clients have created hold at most this much JSON: images are in it. */
    private static final long MAX_CHARACTERS = 64L << 20;

    private static final int MAX_ITEMS = 10_000;
    private static final String ROOT = "root";

    private final SessionScope scope;
    private final McpTools mcp;
    private long characters;

    ItemCommands(SessionScope scope, McpTools mcp) {
        this.scope = scope;
        this.mcp = mcp;
    }

    @Nullable
    ErrorDetail create(JsonObject event) {
        JsonObject given = Members.at(event, "item");
        String previousId = event.string("previous_item_id");
        ErrorDetail problem = check(given, previousId);
        if (problem != null) {
            return problem;
        }
        ConversationItem item = NewItem.of(given, scope);
        int size = item.json().toString().length();
        if (characters + size > MAX_CHARACTERS || scope.items.all().size() >= MAX_ITEMS) {
            return tooMuch();
        }
        characters += size;
        scope.items.insert(item, previousId);
        String placedAfter = scope.items.previousId(item);
        scope.out.send("conversation.item.added", "previous_item_id", placedAfter, "item", item.json());
        scope.out.send("conversation.item.done", "previous_item_id", placedAfter, "item", item.json());
        if (item.type().equals("mcp_approval_response")) {
            mcp.approved(item.json());
        }
        return null;
    }

    private @Nullable ErrorDetail check(JsonObject given, @Nullable String previousId) {
        String id = given.string("id");
        if (id != null && scope.items.find(id) != null) {
            return ServiceErrors.duplicateItem(id);
        } else if (previousId != null
                && !previousId.isEmpty()
                && !previousId.equals(ROOT)
                && scope.items.find(previousId) == null) {
            return ServiceErrors.unknownPreviousItem(previousId);
        }
        String type = String.valueOf(given.string("type"));
        if (type.equals("function_call_output")) {
            String callId = String.valueOf(given.string("call_id"));
            return scope.items.functionCall(callId) == null ? ServiceErrors.unknownCallId(callId) : null;
        }
        return type.equals("mcp_approval_response") ? mcp.checkApproval(given) : null;
    }

    private static ErrorDetail tooMuch() {
        return new ErrorDetail(
                "invalid_request_error",
                new ErrorCode("conversation_too_large"),
                "This server keeps at most " + MAX_ITEMS + " items in one conversation, and " + (MAX_CHARACTERS >> 20)
                        + " MiB of what the client has put into them. Delete some first.",
                null,
                null);
    }

    @Nullable
    ErrorDetail delete(JsonObject event) {
        String id = String.valueOf(event.string("item_id"));
        ConversationItem item = scope.items.find(id);
        if (item == null) {
            return ServiceErrors.deleteMissingItem(id);
        }
        scope.items.remove(item);
        characters = Math.max(0, characters - item.json().toString().length());
        scope.out.send("conversation.item.deleted", "item_id", id);
        return null;
    }

    @Nullable
    ErrorDetail retrieve(JsonObject event) {
        String id = String.valueOf(event.string("item_id"));
        ConversationItem item = scope.items.find(id);
        if (item == null) {
            return ServiceErrors.retrieveMissingItem(id);
        }
        scope.out.send("conversation.item.retrieved", "item", item.withAudio());
        return null;
    }

    @Nullable
    ErrorDetail truncate(JsonObject event) {
        String id = String.valueOf(event.string("item_id"));
        ConversationItem item = scope.items.find(id);
        if (item == null) {
            return ServiceErrors.truncateMissingItem(id);
        }
        int contentIndex = Members.integer(event, "content_index", 0);
        int endMs = Members.integer(event, "audio_end_ms", 0);
        ItemAudio audio = item.audio(contentIndex);
        if (!item.isAssistantMessage() || audio == null || audio.bytes() == 0) {
            return ServiceErrors.truncateNotAssistantAudio();
        } else if (endMs > audio.millis()) {
            return ServiceErrors.truncateBeyondAudio(audio.millis(), endMs);
        }
        scope.truncate(item, contentIndex, endMs);
        return null;
    }
}
