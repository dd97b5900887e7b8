package io.github.realtime4j.server;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.server.RecordedSession.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one session, in the order in which the client saw it. A file holds one line for each event: {@code
 * {"direction":"sent","event":{…}}}, or {@code "received"}.
 */
public record Recording(List<Line> lines) {
    /** One event. */
    public record Line(Direction direction, JsonObject event) {
        public String type() {
            String type = event.string("type");
            return type == null ? "" : type;
        }
    }

    public Recording {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a file; blank lines are left out.
     *
     * @throws IOException if it cannot be read, or names the first line that is none of a recording
     */
    public static Recording read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            if (!text.isBlank()) {
                lines.add(line(text, file.getFileName() + ":" + number + ": "));
            }
        }
        return new Recording(lines);
    }

    private static Line line(String text, String where) throws IOException {
        JsonObject line;
        try {
            line = JsonObject.parse(text);
        } catch (MalformedJsonException e) {
            throw new IOException(where + e.getMessage(), e);
        }
        JsonObject event = line.object("event");
        if (event == null) {
            throw new IOException(where + "Expected an object at $.event");
        }
        return new Line(direction(line.string("direction"), where), event);
    }

    private static Direction direction(@Nullable String name, String where) throws IOException {
        if ("sent".equals(name)) {
            return Direction.SENT;
        } else if ("received".equals(name)) {
            return Direction.RECEIVED;
        }
        throw new IOException(where + "Expected \"sent\" or \"received\" at $.direction");
    }

    /** What a {@link RealtimeServer} has recorded so far. */
    public static Recording of(RecordedSession session) {
        return new Recording(session.entries().stream()
                .map(entry -> new Line(entry.direction(), entry.event()))
                .toList());
    }
}
