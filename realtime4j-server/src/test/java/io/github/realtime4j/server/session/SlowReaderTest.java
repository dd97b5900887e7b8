package io.github.realtime4j.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.server.ScriptedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that asks for more than it reads. */
final class SlowReaderTest {
    @Test
    void aResponseIsMadeNoFasterThanTheClientReads() throws Exception {
        try (RealtimeServer server = TestClient.server().start()) {
            server.enqueue(ScriptedResponse.text("A long story. ".repeat(200)));
            TestClient client = TestClient.connect(server);
            RecordedSession session = server.awaitSession(Duration.ofSeconds(5));
            client.connection().pauseReading();
            client.say("{'type':'response.create'}");
            int made = session.received().stream()
                    .mapToInt(event -> event.toString().length())
                    .sum();
            assertThat(made).isBetween(1 << 20, 3 << 19);
            assertThat(session.receivedTypes()).doesNotContain("response.done");
            client.connection().resumeReading();
            assertThat(client.types()).contains("response.done");
        }
    }

    @Test
    void aClientThatOnlyAsksIsNotReadUntilItReads() throws Exception {
        try (RealtimeServer server = TestClient.server().start()) {
            TestClient client = TestClient.connect(server);
            RecordedSession session = server.awaitSession(Duration.ofSeconds(5));
            client.connection().pauseReading();
            String instructions = "x".repeat(10_000);
            for (int i = 0; i < 300; i++) {
                client.say("{'type':'session.update','session':{'type':'realtime','instructions':'" + instructions
                        + "'}}");
            }
            assertThat(session.received().size()).isBetween(90, 150);
            client.connection().resumeReading();
            assertThat(session.received().size()).isEqualTo(301);
            assertThat(client.end()).isNull();
        }
    }
}
