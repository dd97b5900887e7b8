package io.github.realtime4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real sessions. They are kept outside the repository; a test that asks for one is skipped where they are not. */
public final class Recorded {
    private static final Path RECORDINGS = Path.of(System.getProperty("shared", "../../shared"), "recordings");

    private Recorded() {}

    /** What the server said, in order. */
    public static List<ServerEvent> serverEvents(String recording) throws IOException {
        Path file = RECORDINGS.resolve(recording + ".jsonl");
        assumeTrue(Files.exists(file), "no recordings beside the repository");
        EventCodec codec = EventCodec.of(recording.startsWith("azure_voice_live") ? Dialect.BETA : Dialect.GA);
        List<ServerEvent> events = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            JsonObject line = JsonObject.parse(text);
            if ("received".equals(line.string("direction"))) {
                byte[] event = String.valueOf(line.get("event")).getBytes(StandardCharsets.UTF_8);
                events.add(codec.decodeServerEvent(ByteBuffer.wrap(event)));
            }
        }
        return events;
    }
}
