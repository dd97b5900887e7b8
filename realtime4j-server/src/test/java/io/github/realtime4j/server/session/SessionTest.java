package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a session: who is let in, what is in force, how it ends. */
final class SessionTest {
    private final ManualTime time = new ManualTime(Instant.ofEpochSecond(1_785_214_048));
    private final RealtimeServer server =
            TestClient.server(time).keys("sk-good").start();

    @AfterEach
    void close() {
        server.close();
    }

    private TestClient connect(String query, String... header) {
        List<Header> headers = header.length == 0
                ? List.of(new Header("Authorization", "Bearer sk-good"))
                : List.of(new Header(header[0], header[1]));
        return TestClient.connect(server, query, headers, List.of());
    }

    @Test
    void idsBeginWithTheSecondAsRecordedOnesDo() {
        TestClient client = connect("?model=gpt-realtime");
        assertThat(at(client.first("session.created"), "session", "id")).matches("sess_E6U0u[0-9A-Za-z]{16}");
        assertThat(at(client.first("session.created"), "session", "expires_at")).isEqualTo("1785217648");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?model=gpt-realtime|Authorization|Bearer sk-wrong|invalid_api_key|3000"
                        + "|invalid_request_error.invalid_api_key",
                "?model=gpt-realtime|X-None|none|null|3000|invalid_request_error",
                "''|Authorization|Bearer sk-good|missing_model|4000|invalid_request_error.missing_model",
                "?model=gpt-nope|Authorization|Bearer sk-good|invalid_model|4000|invalid_request_error.invalid_model",
                "?model=whisper-1|api-key|sk-good|invalid_model|4000|invalid_request_error.invalid_model",
                "?model=gpt-realtime|Authorization|Bearer ek_never|invalid_api_key|3000"
                        + "|invalid_request_error.invalid_api_key"
            })
    void refusalsComeAfterTheHandshake(
            String query, String header, String value, String code, int closeCode, String reason) {
        TestClient client = connect(query, header, value);
        assertThat(client.types()).containsExactly("error");
        assertThat(client.error().get(0)).isEqualTo(code);
        assertThat(client.end()).isNotNull();
        assertThat(client.end().code()).isEqualTo(closeCode);
        assertThat(client.end().reason()).isEqualTo(reason);
    }

    @Test
    void theBetaHeaderGetsWhatTheServiceAnswersToday() {
        TestClient client = TestClient.connect(
                server,
                "?model=gpt-realtime",
                List.of(),
                List.of("realtime", "openai-insecure-api-key.sk-good", "openai-beta.realtime-v1"));
        assertThat(client.error().get(0)).isEqualTo("beta_api_shape_disabled");
        assertThat(client.end()).isNotNull();
        assertThat(client.end().code()).isEqualTo(4000);
    }

    @Test
    void anUnknownCallIsNotFound() {
        assertThatThrownBy(() -> connect("?call_id=rtc_1"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @Test
    void theNewestModelHasItsOwnDefaults() {
        TestClient client = connect("?model=gpt-realtime-2.1");
        JsonObject created = client.first("session.created");
        assertThat(at(created, "session", "audio", "output", "voice")).isEqualTo("marin");
        assertThat(at(created, "session", "audio", "input", "turn_detection", "silence_duration_ms"))
                .isEqualTo("500");
    }

    @Test
    void anUpdateMergesDownToTheLeavesAndNullClears() {
        TestClient client = connect("?model=gpt-realtime-2.1");
        client.say("{'type':'session.update','session':{'type':'realtime','instructions':'Be brief.','audio':{'input':{"
                + "'turn_detection':{'type':'server_vad','threshold':0.7},'transcription':{'model':'whisper-1'}}}}}");
        JsonObject session = Members.at(client.last("session.updated"), "session");
        assertThat(session.string("instructions")).isEqualTo("Be brief.");
        assertThat(at(session, "audio", "input", "turn_detection"))
                .isEqualTo("{\"type\":\"server_vad\",\"threshold\":0.7,\"prefix_padding_ms\":300,"
                        + "\"silence_duration_ms\":500,\"idle_timeout_ms\":null,\"create_response\":true,"
                        + "\"interrupt_response\":true}");
        assertThat(at(session, "audio", "input", "transcription"))
                .isEqualTo("{\"model\":\"whisper-1\",\"language\":null,\"prompt\":null}");
        client.say("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null},"
                + "'output':{'format':{'type':'audio/pcmu'}}}}}");
        session = Members.at(client.last("session.updated"), "session");
        assertThat(at(session, "audio", "input", "turn_detection")).isEqualTo("null");
        assertThat(at(session, "audio", "input", "transcription", "model")).isEqualTo("whisper-1");
        assertThat(at(session, "audio", "output", "format")).isEqualTo("{\"type\":\"audio/pcmu\"}");
        assertThat(session.string("instructions")).isEqualTo("Be brief.");
    }

    @Test
    void aRefusedUpdateIsDiscardedWhole() {
        TestClient client = connect("?model=gpt-realtime");
        client.say("{'type':'session.update','event_id':'u1','session':{'type':'realtime','instructions':'Changed.',"
                + "'bogus_field':1}}");
        assertThat(client.error())
                .containsExactly(
                        "unknown_parameter", "Unknown parameter: 'session.bogus_field'.", "session.bogus_field");
        assertThat(at(client.last("error"), "error", "event_id")).isEqualTo("u1");
        client.say("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(at(client.last("session.updated"), "session", "instructions"))
                .startsWith("Your knowledge cutoff is 2023-10.");
    }

    @Test
    void theVoiceIsFixedOnceTheAssistantHasSpoken() {
        server.enqueue(ScriptedResponse.text("Hello there."));
        TestClient client = connect("?model=gpt-realtime");
        client.say("{'type':'response.create'}");
        client.say("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'cedar'}}}}");
        assertThat(client.error().get(0)).isEqualTo("cannot_update_voice");
        client.types();
        client.say("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'alloy'}}}}");
        assertThat(client.types()).containsExactly("session.updated");
    }

    @Test
    void aSessionExpiresAfterSixtyMinutes() {
        TestClient client = connect("?model=gpt-realtime");
        time.advance(Duration.ofSeconds(3_599));
        assertThat(client.end()).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(client.error().get(0)).isEqualTo("session_expired");
        assertThat(client.end()).isNotNull();
        assertThat(client.end().code()).isEqualTo(1001);
        assertThat(client.end().reason()).isEqualTo("Your session hit the maximum duration of 60 minutes.");
    }

    @Test
    void everyConnectionIsRecordedWithoutItsKey() throws Exception {
        TestClient client = TestClient.connect(
                server,
                "?model=gpt-realtime&api-key=hidden",
                List.of(new Header("Authorization", "Bearer sk-good"), new Header("OpenAI-Project", "proj_1")),
                List.of());
        client.say("{'type':'session.update','session':{'type':'realtime'}}");
        client.connection().close(1000, "");
        RecordedSession session = server.takeSession();
        assertThat(session.types()).containsExactly("session.update");
        assertThat(session.receivedTypes()).containsExactly("session.created", "session.updated");
        assertThat(session.opening().apiKeyProvided()).isTrue();
        assertThat(session.opening().header("openai-project")).isEqualTo("proj_1");
        assertThat(session.opening().toString() + session.entries()).doesNotContain("sk-good", "hidden");
        assertThat(session.end()).isNotNull();
        assertThat(session.end().code()).isEqualTo(1000);
        assertThat(server.connections()).isZero();
    }

    @Test
    void endedSessionsLeaveNoTimerBehind() {
        TestClient client = connect("?model=gpt-realtime");
        assertThat(time.pending()).isEqualTo(1);
        client.connection().close(1000, "");
        assertThat(time.pending()).isZero();
    }

    @Test
    void theBetaDialectHasATemperatureAndTextBesideSpeech() {
        try (RealtimeServer beta = TestClient.server().dialect(Dialect.BETA).start()) {
            TestClient client = TestClient.connect(beta, "?model=gpt-realtime");
            client.say("{'type':'session.update','session':{'modalities':['text','audio'],'temperature':0.8}}");
            assertThat(at(client.last("session.updated"), "session", "modalities"))
                    .isEqualTo("[\"audio\"]");
            client.say("{'type':'response.create','response':{'modalities':['audio','text'],'temperature':0.7}}");
            assertThat(client.types()).contains("response.created", "response.audio.delta");
            client.say("{'type':'session.update','session':{'temperature':'hot'}}");
            assertThat(client.error()).contains("unknown_parameter");
        }
    }

    @Test
    void theBetaDialectIsSpokenWhenAskedFor() {
        try (RealtimeServer beta = TestClient.server().dialect(Dialect.BETA).start()) {
            beta.enqueue(ScriptedResponse.text("Hello."));
            TestClient client = TestClient.connect(
                    beta,
                    "?model=gpt-realtime",
                    List.of(new Header("Authorization", "Bearer k"), new Header("OpenAI-Beta", "realtime=v1")),
                    List.of());
            client.say("{'type':'session.update','session':{'modalities':['text'],'voice':'sage'}}");
            assertThat(at(client.last("session.updated"), "session", "voice")).isEqualTo("sage");
            client.types();
            client.say("{'type':'response.create'}");
            assertThat(client.types())
                    .containsExactly(
                            "response.created",
                            "response.output_item.added",
                            "conversation.item.created",
                            "response.content_part.added",
                            "response.text.delta",
                            "response.text.done",
                            "response.content_part.done",
                            "response.output_item.done",
                            "response.done",
                            "rate_limits.updated");
        }
    }
}
