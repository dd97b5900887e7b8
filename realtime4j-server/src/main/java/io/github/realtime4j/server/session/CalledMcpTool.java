package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.McpCatalogue.Tool;
import io.github.realtime4j.server.Reply.Output.McpCall;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of an MCP server's tool, which this server makes itself. */
final class CalledMcpTool extends OutputItem {
    private final McpCall call;
    private final @Nullable String approvalRequestId;
    private final Iterator<String> pieces;
    private final StringBuilder arguments = new StringBuilder();
    private Progress progress = Progress.ARGUMENTS;
    private @Nullable String output;
    private @Nullable JsonObject error;

    private enum Progress {
        ARGUMENTS,
        CALLING,
        RETURNED,
        TOLD
    }

    CalledMcpTool(ResponseRun run, int index, McpCall call, @Nullable String approvalRequestId) {
        super(run, index);
        this.call = call;
        this.approvalRequestId = approvalRequestId;
        this.pieces = TextPieces.of(call.arguments()).iterator();
    }

    @Override
    JsonObject json(String status) {
        return JsonObject.of(
                "id",
                id,
                "type",
                "mcp_call",
                "approval_request_id",
                approvalRequestId,
                "server_label",
                call.serverLabel(),
                "name",
                call.name(),
                "arguments",
                arguments.toString(),
                "output",
                output,
                "error",
                error);
    }

    @Override
    Step step() {
        switch (progress) {
            case ARGUMENTS -> {
                return argument();
            }
            case RETURNED -> {
                progress = Progress.TOLD;
                tell(error == null ? "response.mcp_call.completed" : "response.mcp_call.failed");
                return Step.MORE;
            }
            case TOLD -> {
                return Step.END;
            }
            case CALLING -> {
                return Step.WAITING;
            }
        }
        throw new IllegalStateException();
    }

    private Step argument() {
        if (pieces.hasNext()) {
            String piece = pieces.next();
            if (!run.spendText(piece)) {
                return Step.END;
            }
            arguments.append(piece);
            scope.out.sendDelta(
                    "response.mcp_call_arguments.delta",
                    piece,
                    List.of("response_id", run.id(), "item_id", id, "output_index", index));
            return new Step.Sent(scope.server.pacing().betweenTextDeltas());
        }
        send("response.mcp_call_arguments.done", "arguments", arguments.toString());
        tell("response.mcp_call.in_progress");
        progress = Progress.CALLING;
        Tool tool = scope.server.mcp().tool(call.serverLabel(), call.name());
        if (tool == null) {
            failed("Unknown tool: " + call.name());
        } else {
            scope.work(
                    () -> tool.behaviour().apply(call.arguments()),
                    result -> {
                        output = result;
                        returned();
                    },
                    failure -> {
                        failed(String.valueOf(failure.getMessage()));
                        run.goOn();
                    });
        }
        return progress == Progress.CALLING ? Step.WAITING : Step.MORE;
    }

    private void failed(String message) {
        error = JsonObject.of("type", "tool_execution_error", "message", message);
        progress = Progress.RETURNED;
    }

    private void returned() {
        progress = Progress.RETURNED;
        run.goOn();
    }

    private void tell(String type) {
        scope.out.send(type, "item_id", id, "output_index", index);
    }
}
