package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in text. */
final class WrittenMessage extends OutputItem {
    private final @Nullable String phase;
    private final Iterator<String> pieces;
    private final StringBuilder written = new StringBuilder();
    private boolean opened;

    WrittenMessage(ResponseRun run, int index, String text, @Nullable String phase) {
        super(run, index);
        this.phase = phase;
        this.pieces = TextPieces.of(text).iterator();
    }

    @Override
    boolean staysOpenForCall() {
        return true;
    }

    @Override
    JsonObject json(String status) {
        List<JsonObject> content =
                opened ? List.of(JsonObject.of("type", "output_text", "text", written.toString())) : List.of();
        return AssistantMessage.json(id, status, phase, content);
    }

    @Override
    void opened() {
        opened = true;
        send("response.content_part.added", "content_index", 0, "part", part());
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
        written.append(piece);
        sendDelta("response.output_text.delta", piece, "content_index", 0);
        return new Step.Sent(scope.server.pacing().betweenTextDeltas());
    }

    @Override
    void closing(String status) {
        send("response.output_text.done", "content_index", 0, "text", written.toString());
        send("response.content_part.done", "content_index", 0, "part", part());
    }

    private JsonObject part() {
        return JsonObject.of("type", "text", "text", written.toString());
    }
}
