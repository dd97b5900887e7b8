package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.Reply.Output.FunctionCall;
import java.util.Iterator;

/** A function call that the client is to run. */
final class CalledFunction extends OutputItem {
    private final FunctionCall call;
    private final String callId;
    private final Iterator<String> pieces;
    private final StringBuilder arguments = new StringBuilder();

    CalledFunction(ResponseRun run, int index, FunctionCall call) {
        super(run, index);
        this.call = call;
        this.callId = scope.ids.call();
        this.pieces = TextPieces.of(call.arguments()).iterator();
    }

    @Override
    JsonObject json(String status) {
        return JsonObject.of(
                "id",
                id,
                "type",
                "function_call",
                "status",
                status,
                "name",
                call.name(),
                "call_id",
                callId,
                "arguments",
                arguments.toString());
    }

    @Override
    Step step() {
        if (!pieces.hasNext()) {
            return Step.END;
        }
        String piece = pieces.next();
        if (!run.spendText(piece)) {
            return Step.END;
        }
        arguments.append(piece);
        sendDelta("response.function_call_arguments.delta", piece, "call_id", callId);
        return new Step.Sent(scope.server.pacing().betweenTextDeltas());
    }

    @Override
    void closing(String status) {
        send(
                "response.function_call_arguments.done",
                "call_id",
                callId,
                "name",
                call.name(),
                "arguments",
                arguments.toString());
    }
}
