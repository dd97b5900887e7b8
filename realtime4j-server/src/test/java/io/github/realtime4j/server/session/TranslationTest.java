package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedTranscriber;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Translation sessions: sound in, sound out, no turns. */
final class TranslationTest {
    private final RealtimeServer server = TestClient.server()
            .transcriber(new ScriptedTranscriber().enqueue("Bom dia."))
            .start();
    private final TestClient client = TestClient.connect(server, "/translations?model=gpt-realtime-translate");

    @AfterEach
    void close() {
        server.close();
    }

    private void append(int millis) {
        String audio = Base64.getEncoder().encodeToString(new byte[millis * 48]);
        client.say("{'type':'session.input_audio_buffer.append','audio':'" + audio + "'}");
    }

    @Test
    void soundComesBackInFramesAndClosingFlushesTheRest() {
        assertThat(at(client.first("session.created"), "session", "type")).isEqualTo("translation");
        client.say("{'type':'session.update','session':{'audio':{'output':{'language':'pt'},'input':{'transcription':{"
                + "'model':'gpt-realtime-whisper'}}}}}");
        assertThat(at(client.last("session.updated"), "session", "audio", "output", "language"))
                .isEqualTo("pt");
        client.types();
        append(150);
        assertThat(client.types()).isEmpty();
        append(300);
        JsonObject delta = client.last("session.output_audio.delta");
        assertThat(AudioBytes.fromBase64(at(delta, "delta")).size()).isEqualTo(200 * 48);
        assertThat(at(delta, "elapsed_ms")).isEqualTo("400");
        client.types();
        client.say("{'type':'session.close'}");
        assertThat(client.types())
                .startsWith("session.output_audio.delta", "session.input_transcript.delta")
                .endsWith("session.closed");
        assertThat(client.end()).isNotNull();
        assertThat(client.end().code()).isEqualTo(1000);
    }
}
