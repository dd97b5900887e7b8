package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.McpCatalogue.Tool;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output.McpCall;
import io.github.realtime4j.server.validation.ServiceErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MCP servers in a session: their tools are listed when they are named, their calls may have to be allowed. */
final class McpTools {
    private final SessionScope scope;
    private final Responses responses;

    /** Labels whose tools have been listed, or could not be. */
    private final Set<String> listed = new HashSet<>();

    McpTools(SessionScope scope, Responses responses) {
        this.scope = scope;
        this.responses = responses;
    }

    /** These tools are in force: lists what has not been listed. */
    void list(JsonValue tools) {
        if (!(tools instanceof JsonArray array)) {
            return;
        }
        for (JsonValue value : array.elements()) {
            if (value instanceof JsonObject tool && "mcp".equals(tool.string("type"))) {
                String label = String.valueOf(tool.string("server_label"));
                if (listed.add(label)) {
                    list(tool, label);
                }
            }
        }
    }

    private void list(JsonObject tool, String label) {
        String id = scope.ids.item();
        scope.out.send("mcp_list_tools.in_progress", "item_id", id);
        List<Tool> tools = scope.server.mcp().tools(label);
        List<JsonObject> shown = tools == null
                ? List.of()
                : tools.stream()
                        .filter(each -> isAllowed(tool, each.name()))
                        .map(McpTools::json)
                        .toList();
        JsonObject json = JsonObject.of("id", id, "type", "mcp_list_tools", "server_label", label, "tools", shown);
        String previousId = scope.items.lastId();
        scope.items.append(new ConversationItem(id, json));
        scope.out.send("conversation.item.added", "previous_item_id", previousId, "item", json);
        scope.out.send(tools == null ? "mcp_list_tools.failed" : "mcp_list_tools.completed", "item_id", id);
        scope.out.send("conversation.item.done", "previous_item_id", previousId, "item", json);
    }

    private static boolean isAllowed(JsonObject tool, String name) {
        if (!Members.isSet(tool, "allowed_tools")) {
            return true;
        }
        JsonObject filter = tool.object("allowed_tools");
        List<JsonValue> names = filter == null ? tool.array("allowed_tools") : filter.array("tool_names");
        return (filter != null && !filter.has("tool_names")) || names.contains(new JsonString(name));
    }

    private static JsonObject json(Tool tool) {
        return JsonObject.of(
                "name", tool.name(), "description", tool.description(), "input_schema", tool.inputSchema());
    }

    /** Whether a call waits for the client: it does unless the tool says otherwise. */
    static boolean wantsApproval(JsonArray tools, McpCall call) {
        for (JsonValue value : tools.elements()) {
            if (value instanceof JsonObject tool && call.serverLabel().equals(tool.string("server_label"))) {
                JsonObject rules = tool.object("require_approval");
                if (rules == null) {
                    return !"never".equals(tool.string("require_approval"));
                }
                JsonString name = new JsonString(call.name());
                boolean never = Members.at(rules, "never").array("tool_names").contains(name);
                boolean always = Members.at(rules, "always").array("tool_names").contains(name);
                return always || !never;
            }
        }
        return true;
    }

    /** The client has answered a request for approval. */
    @Nullable
    ErrorDetail checkApproval(JsonObject response) {
        String requestId = String.valueOf(response.string("approval_request_id"));
        ConversationItem request = scope.items.find(requestId);
        return request == null || !request.type().equals("mcp_approval_request")
                ? ServiceErrors.unknownApprovalRequest(requestId)
                : null;
    }

    /** Makes the call that was allowed. */
    void approved(JsonObject response) {
        String requestId = String.valueOf(response.string("approval_request_id"));
        ConversationItem request = scope.items.find(requestId);
        if (request != null && Members.bool(response, "approve", false)) {
            JsonObject asked = request.json();
            McpCall call = new McpCall(
                    String.valueOf(asked.string("server_label")),
                    String.valueOf(asked.string("name")),
                    String.valueOf(asked.string("arguments")));
            responses.createFor(Reply.of(call), requestId);
        }
    }
}
