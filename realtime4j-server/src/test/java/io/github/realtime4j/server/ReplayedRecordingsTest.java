package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RawTap;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.UnknownEvent;
import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.InMemoryTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sessions, said again. They are kept outside the repository and skipped where they are not. */
final class ReplayedRecordingsTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("shared", "../../shared"), "recordings");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(RECORDINGS)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(RECORDINGS, "*.jsonl")) {
                found.forEach(files::add);
            }
        }
        return files.stream().sorted();
    }

    @Test
    void theRecordingsOfAllServersAreThere() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "no recordings beside the repository");
        assertThat(files()).hasSize(7);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void theSameWordsAreAnsweredWithTheSameEvents(Path file) throws Exception {
        Recording recording = Recording.read(file);
        List<JsonObject> received = new ArrayList<>();
        try (ReplayServer server = ReplayServer.builder(recording).inMemory().start();
                RealtimeClient client = RealtimeClient.builder()
                        .transport(new InMemoryTransport(server.acceptor(), Runnable::run))
                        .build()) {
            RealtimeConnection connection =
                    client.open(endpoint(file, URI.create("ws://localhost/v1/realtime")), tap(received));
            for (JsonObject event : sent(recording)) {
                connection.sendRaw(event.toString());
            }
            Replay replay = server.awaitReplay(PATIENCE);
            assertThat(replay.missing()).isEmpty();
            assertThat(replay.unexpected()).isEmpty();
            assertThat(replay.isComplete()).isTrue();
            assertEventsAreTyped(connection, received.size());
        }
        assertThat(received).isEqualTo(received(recording));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void theSameOverASocket(Path file) throws Exception {
        Recording recording = Recording.read(file);
        List<JsonObject> received = new ArrayList<>();
        try (ReplayServer server =
                        ReplayServer.builder(recording).closeAtEnd(1000, "").start();
                RealtimeClient client = RealtimeClient.builder().build()) {
            RealtimeConnection connection = client.open(endpoint(file, server.uri()), tap(received));
            for (JsonObject event : sent(recording)) {
                connection.sendRaw(event.toString());
            }
            connection.events().forEach(event -> {});
            Replay replay = server.awaitReplay(PATIENCE);
            assertThat(replay.awaitEnd(PATIENCE).code()).isEqualTo(ConnectionEnd.NORMAL);
            assertThat(replay.missing()).isEmpty();
        }
        assertThat(received).isEqualTo(received(recording));
    }

    private static Endpoint endpoint(Path file, URI uri) {
        String name = file.getFileName().toString();
        Endpoint endpoint = Endpoint.custom(uri).dialect(name.contains("voice_live") ? Dialect.BETA : Dialect.GA);
        return name.contains("sideband") ? endpoint.forCall("rtc_u0_1") : endpoint;
    }

    private static RawTap tap(List<JsonObject> received) {
        return (direction, message) -> {
            if (direction == RawTap.Direction.RECEIVED) {
                received.add(
                        JsonObject.parse(StandardCharsets.UTF_8.decode(message).toString()));
            }
        };
    }

    private static void assertEventsAreTyped(RealtimeConnection connection, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            assertThat(connection.receive(Duration.ZERO).orElseThrow())
                    .isNotInstanceOfAny(UnknownEvent.class, ProtocolWarning.class);
        }
    }

    private static List<JsonObject> sent(Recording recording) {
        return events(recording, Direction.SENT);
    }

    private static List<JsonObject> received(Recording recording) {
        return events(recording, Direction.RECEIVED);
    }

    private static List<JsonObject> events(Recording recording, Direction direction) {
        return recording.lines().stream()
                .filter(line -> line.direction() == direction)
                .map(Recording.Line::event)
                .toList();
    }
}
