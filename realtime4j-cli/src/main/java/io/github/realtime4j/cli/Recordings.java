package io.github.realtime4j.cli;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RecordedSession;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes sessions as {@code realtime inspect} reads them. */
final class Recordings {
    private Recordings() {}

    /**
     * @param number distinguishes connections that were turned away, which have no session
     * @return the file
     */
    static Path write(Path directory, int number, RecordedSession session) throws IOException {
        String name = session.sessionId() == null ? "refused" : session.sessionId();
        Path file = directory.resolve(String.format(Locale.ROOT, "%04d-%s.jsonl", number, name));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (RecordedSession.Entry entry : session.entries()) {
                String direction = entry.direction().name().toLowerCase(Locale.ROOT);
                out.write(JsonObject.of("direction", direction, "event", entry.event())
                        .toString());
                out.write('\n');
            }
        }
        return file;
    }
}
