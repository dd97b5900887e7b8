package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.transport.ConnectionEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay waits for, bears, rewrites and tells; in memory and on one thread. */
final class ReplayServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CREATED = "< {'type':'session.created','event_id':'e0','session':{'id':'s1'}}";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** Lines begin with an arrow; single quotes stand for double ones. */
    private static Recording recording(String... lines) {
        List<Recording.Line> events = new ArrayList<>();
        for (String line : lines) {
            Direction direction = line.startsWith(">") ? Direction.SENT : Direction.RECEIVED;
            events.add(new Recording.Line(
                    direction, JsonObject.parse(line.substring(1).replace('\'', '"'))));
        }
        return new Recording(events);
    }

    private MemoryClient connect(ReplayServer server) {
        open.add(server);
        MemoryClient client = MemoryClient.connect(server.acceptor());
        open.add(client);
        return client;
    }

    private static ReplayServer replaying(String... lines) {
        return ReplayServer.builder(recording(lines)).inMemory().start();
    }

    @Test
    void theServersPartWaitsForTheClients() {
        MemoryClient client = connect(
                replaying(CREATED, "> {'type':'session.update'}", "< {'type':'session.updated'}", "< {'type':'ping'}"));
        assertThat(client.types()).containsExactly("session.created");
        client.say("{'type':'session.update'}");
        assertThat(client.types()).containsExactly("session.updated", "ping");
    }

    @Test
    void anythingElseIsToldAndNotAnswered() throws Exception {
        ReplayServer server = replaying(
                CREATED,
                "> {'type':'input_audio_buffer.clear','event_id':'c1'}",
                "< {'type':'input_audio_buffer.cleared'}");
        MemoryClient client = connect(server);
        Replay replay = server.awaitReplay(PATIENCE);
        client.say("{'type':'response.cancel'}", "no json");
        assertThat(client.types()).containsExactly("session.created");
        assertThat(replay.unexpected())
                .containsExactly(JsonObject.of("type", "response.cancel"), JsonObject.of("malformed", "no json"));
        assertThat(replay.missing())
                .containsExactly(JsonObject.of("type", "input_audio_buffer.clear", "event_id", "c1"));
        assertThat(replay.isComplete()).isFalse();
        client.say("{'type':'input_audio_buffer.clear'}");
        assertThat(replay.missing()).isEmpty();
        assertThat(replay.isComplete()).isTrue();
        client.say("{'type':'input_audio_buffer.clear'}");
        assertThat(replay.unexpected()).hasSize(3);
    }

    @Test
    void anyNumberOfAppendsStandsForAnyOther() throws Exception {
        ReplayServer server = replaying(
                "> {'type':'input_audio_buffer.append','audio':'AAAA'}",
                "< {'type':'input_audio_buffer.speech_started','item_id':'i1'}",
                "> {'type':'input_audio_buffer.append','audio':'AAAA'}",
                "< {'type':'input_audio_buffer.speech_stopped','item_id':'i1'}",
                "> {'type':'response.cancel'}");
        MemoryClient client = connect(server);
        client.say("{'type':'input_audio_buffer.append','audio':'AAAA'}");
        assertThat(client.types())
                .containsExactly("input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped");
        for (int i = 0; i < 5; i++) {
            client.say("{'type':'input_audio_buffer.append','audio':'AAAA'}");
        }
        Replay replay = server.awaitReplay(PATIENCE);
        assertThat(replay.unexpected()).isEmpty();
        assertThat(replay.missing()).containsExactly(JsonObject.of("type", "response.cancel"));
    }

    @Test
    void soundBeforeAnyWasRecordedIsUnexpected() throws Exception {
        ReplayServer server = replaying("> {'type':'response.create'}", "> {'type':'input_audio_buffer.append'}");
        connect(server).say("{'type':'input_audio_buffer.append','audio':'AAAA'}");
        assertThat(server.awaitReplay(PATIENCE).unexpected()).hasSize(1);
    }

    @Test
    void anAcknowledgementDoesNotWaitForWhatWasSentBehindIt() {
        MemoryClient client = connect(replaying(
                "> {'type':'session.update'}",
                "> {'type':'conversation.item.create','item':{'type':'message'}}",
                "> {'type':'response.create'}",
                "< {'type':'session.updated'}",
                "< {'type':'conversation.item.added','item':{'id':'i1'}}",
                "< {'type':'conversation.item.done','item':{'id':'i1'}}",
                "< {'type':'response.created','response':{'id':'r1'}}"));
        client.say("{'type':'session.update'}");
        assertThat(client.types()).containsExactly("session.updated");
        client.say("{'type':'conversation.item.create','item':{'type':'message'}}");
        assertThat(client.types()).containsExactly("conversation.item.added", "conversation.item.done");
        client.say("{'type':'response.create'}");
        assertThat(client.types()).containsExactly("response.created");
    }

    @Test
    void aResponseGoesOnWhileTheClientIsExpectedToAddAnItem() {
        MemoryClient client = connect(replaying(
                "> {'type':'response.create'}",
                "< {'type':'response.created','response':{'id':'r1'}}",
                "< {'type':'response.output_item.added','response_id':'r1','item':{'id':'i1'}}",
                "> {'type':'conversation.item.create','item':{'type':'function_call_output'}}",
                "< {'type':'conversation.item.done','item':{'id':'i1'}}",
                "< {'type':'response.done','response':{'id':'r1'}}",
                "< {'type':'conversation.item.added','item':{'id':'i2'}}"));
        client.say("{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "response.created", "response.output_item.added", "conversation.item.done", "response.done");
        client.say("{'type':'conversation.item.create','item':{'type':'function_call_output'}}");
        assertThat(client.types()).containsExactly("conversation.item.added");
    }

    @Test
    void aResponseThatWasCancelledWaitsForItsCancellation() {
        MemoryClient client = connect(replaying(
                "> {'type':'response.create'}",
                "< {'type':'response.created','response':{'id':'r1'}}",
                "> {'type':'response.cancel'}",
                "< {'type':'response.done','response':{'id':'r1','status':'cancelled'}}"));
        client.say("{'type':'response.create'}");
        assertThat(client.types()).containsExactly("response.created");
        client.say("{'type':'response.cancel'}");
        assertThat(client.types()).containsExactly("response.done");
    }

    @Test
    void theClientsIdsAreRecognised() {
        MemoryClient client = connect(replaying(
                "> {'type':'conversation.item.create','item':{'type':'message'}}",
                "< {'type':'conversation.item.added','previous_item_id':null,'item':{'id':'i1'}}",
                "> {'type':'conversation.item.create','item':{'id':'old','type':'function_call','call_id':'c1'}}",
                "< {'type':'conversation.item.added','previous_item_id':'i1','item':{'id':'old','call_id':'c1'}}"));
        client.say(
                "{'type':'conversation.item.create','item':{'id':'mine','type':'message'}}",
                "{'type':'conversation.item.create','item':{'id':'new','type':'function_call','call_id':'c2'}}");
        assertThat(client.news())
                .containsExactly(
                        JsonObject.parse(
                                "{\"type\":\"conversation.item.added\",\"previous_item_id\":null,\"item\":{\"id\":\"mine\"}}"),
                        JsonObject.parse("{\"type\":\"conversation.item.added\",\"previous_item_id\":\"mine\","
                                + "\"item\":{\"id\":\"new\",\"call_id\":\"c2\"}}"));
    }

    @Test
    void anErrorNamesTheClientsOwnEvent() {
        String[] lines = {
            "> {'type':'response.create','event_id':'theirs'}",
            "< {'type':'error','error':{'event_id':'theirs'}}",
            "> {'type':'response.create','event_id':'later'}",
            "< {'type':'response.created','response':{'id':'r1'}}"
        };
        MemoryClient client = connect(replaying(lines));
        client.say("{'type':'response.create','event_id':'ours'}");
        assertThat(client.news().toString()).isEqualTo("[{\"type\":\"error\",\"error\":{\"event_id\":\"ours\"}}]");
        client.say("{'type':'response.create'}");
        assertThat(client.types()).containsExactly("response.created");
        MemoryClient other = connect(replaying(lines));
        other.say("{'type':'response.create'}");
        assertThat(other.news().toString()).isEqualTo("[{\"type\":\"error\",\"error\":{\"event_id\":null}}]");
    }

    @Test
    void aResponseCarriesTheMetadataItWasAskedWith() {
        String[] lines = {
            "> {'type':'response.create'}",
            "< {'type':'response.created','response':{'id':'r1','metadata':null}}",
            "< {'type':'response.done','response':{'id':'r1','metadata':null}}",
            "> {'type':'response.create'}",
            "< {'type':'response.done','response':{'id':'r2'}}"
        };
        MemoryClient client = connect(replaying(lines));
        client.say("{'type':'response.create','response':{'metadata':{'turn':'7'}}}");
        assertThat(client.news())
                .extracting(event -> String.valueOf(event.object("response")))
                .containsExactly(
                        "{\"id\":\"r1\",\"metadata\":{\"turn\":\"7\"}}",
                        "{\"id\":\"r1\",\"metadata\":{\"turn\":\"7\"}}");
        client.say("{'type':'response.create','response':{'metadata':{'turn':'8'}}}");
        assertThat(client.news().toString()).doesNotContain("turn");
    }

    @Test
    void soundThatWasTakenOutIsSilence() {
        MemoryClient client = connect(replaying(
                "< {'type':'response.output_audio.delta','delta':'[redacted]'}",
                "< {'type':'response.output_audio.delta','delta':'AQID'}",
                "< {'type':'response.output_text.delta','delta':'[redacted]'}",
                "< {'type':'conversation.item.retrieved','item':{'content':[{'audio':'<4800 bytes>'}]}}"));
        String silence = "A".repeat(6_400);
        assertThat(client.news())
                .extracting(JsonObject::toString)
                .containsExactly(
                        "{\"type\":\"response.output_audio.delta\",\"delta\":\"" + silence + "\"}",
                        "{\"type\":\"response.output_audio.delta\",\"delta\":\"AQID\"}",
                        "{\"type\":\"response.output_text.delta\",\"delta\":\"[redacted]\"}",
                        "{\"type\":\"conversation.item.retrieved\",\"item\":{\"content\":[{\"audio\":\"" + silence
                                + "\"}]}}");
    }

    @Test
    void everyConnectionHearsItFromTheBeginning() throws Exception {
        ReplayServer server = replaying(CREATED, "> {'type':'response.cancel'}");
        connect(server).say("{'type':'response.cancel'}");
        assertThat(connect(server).types()).containsExactly("session.created");
        assertThat(server.awaitReplay(PATIENCE).isComplete()).isTrue();
        assertThat(server.awaitReplay(PATIENCE).isComplete()).isFalse();
        assertThatThrownBy(() -> server.awaitReplay(Duration.ZERO)).hasMessage("No client connected within 0 ms");
    }

    @Test
    void theConnectionIsClosedAtTheEndIfSoTold() throws Exception {
        ReplayServer server = ReplayServer.builder(recording(CREATED, "> {'type':'session.close'}"))
                .inMemory()
                .closeAtEnd(1001, "Your session hit the maximum duration of 60 minutes.")
                .start();
        MemoryClient client = connect(server);
        assertThat(client.connection().ended()).isNotDone();
        client.say("{'type':'session.close'}");
        assertThat(client.connection().ended().join().code()).isEqualTo(ConnectionEnd.GOING_AWAY);
        assertThat(server.awaitReplay(PATIENCE).awaitEnd(PATIENCE).code()).isEqualTo(ConnectionEnd.GOING_AWAY);
    }

    @Test
    void whatTheServerHasRecordedCanBeReplayed() throws Exception {
        Recording recording;
        try (RealtimeServer original = RealtimeServer.builder()
                .sameThread()
                .time(new ManualTime(Instant.EPOCH))
                .start()) {
            MemoryClient client = MemoryClient.connect(original.acceptor());
            open.add(client);
            client.say("{'type':'input_audio_buffer.clear'}");
            recording = Recording.of(original.awaitSession(PATIENCE));
        }
        MemoryClient client = connect(ReplayServer.builder(recording).inMemory().start());
        client.say("{'type':'input_audio_buffer.clear'}");
        assertThat(client.types()).containsExactly("session.created", "input_audio_buffer.cleared");
    }

    @Test
    void aFileThatIsNoRecordingIsRefusedByLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("talk.jsonl");
        Files.writeString(file, "{\"direction\":\"sent\",\"event\":{\"type\":\"session.close\"}}\n\n{\"event\":{}}\n");
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("talk.jsonl:3: Expected \"sent\" or \"received\" at $.direction");
        Files.writeString(file, "{\"direction\":\"sent\"}");
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("talk.jsonl:1: Expected an object at $.event");
    }
}
