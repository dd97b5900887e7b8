package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.Reply.Output.McpCall;

/** A call of an MCP server's tool that waits until the client allows it. */
final class AskedApproval extends OutputItem {
    private final McpCall call;

    AskedApproval(ResponseRun run, int index, McpCall call) {
        super(run, index);
        this.call = call;
    }

    @Override
    JsonObject json(String status) {
        return JsonObject.of(
                "id",
                id,
                "type",
                "mcp_approval_request",
                "server_label",
                call.serverLabel(),
                "name",
                call.name(),
                "arguments",
                call.arguments());
    }

    @Override
    Step step() {
        return Step.END;
    }
}
