package io.github.realtime4j.together;

import static io.github.realtime4j.together.Together.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.Outcome;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.history.HistoryItem;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.server.Recording;
import io.github.realtime4j.server.Replay;
import io.github.realtime4j.server.ReplayServer;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.transport.InMemoryTransport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Sessions as real servers held them, held again with a session of ours. The recordings are kept outside the repository; a
 * test that asks for one is skipped where they are not.
 */
final class RecordedSessionsTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("shared", "../../shared"), "recordings");
    private static final Endpoint GA = Endpoint.custom(URI.create("ws://test/v1/realtime"));
    private static final SessionConfig BRIEF = SessionConfig.builder()
            .instructions("Answer in two or three words.")
            .build();

    /** What is said to a recorded server. */
    private interface Script {
        void play(RealtimeSession session) throws Exception;
    }

    private static void replay(String name, Endpoint endpoint, Script script) throws Exception {
        Path file = RECORDINGS.resolve(name + ".jsonl");
        assumeTrue(Files.exists(file), "no recordings beside the repository");
        try (ReplayServer server = ReplayServer.builder(Recording.read(file))
                        .inMemory()
                        .closeAtEnd(1000, "")
                        .start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(endpoint)
                        .apiKey("test")
                        .transport(new InMemoryTransport(server.acceptor()))
                        .build();
                RealtimeSession session = client.newSession(BRIEF)) {
            script.play(session);
            Replay replay = server.awaitReplay(Duration.ofSeconds(10));
            replay.awaitEnd(Duration.ofSeconds(10));
            assertThat(replay.missing()).isEmpty();
            assertThat(replay.unexpected()).isEmpty();
            assertThat(replay.isComplete()).isTrue();
        }
    }

    /** One question and its answer, however it is given. */
    private static Script turn(String question, String answer, long tokens) {
        return session -> {
            session.connect();
            Response response = await(session.ask(question));

            assertThat(response.status()).isEqualTo(Response.Status.COMPLETED);
            assertThat(response.text()).isEqualTo(answer);
            assertThat(session.history().stream().map(HistoryItem::text)).containsExactly(question, answer);
            assertThat(session.history()).allMatch(HistoryItem::done);
            assertThat(session.usage().totalTokens()).isEqualTo(tokens);
        };
    }

    @Test
    void openAi() throws Exception {
        replay("openai_ws__text_in_audio_out_turn", GA, turn("Say a short greeting.", "Hi there!", 40));
    }

    @Test
    void azure() throws Exception {
        replay(
                "azure_ws__text_in_audio_out_turn",
                GA,
                turn("Say a short greeting.", "Hello there! Great to meet you!", 114));
    }

    @Test
    void azureVoiceLiveInTheBetaDialect() throws Exception {
        replay(
                "azure_voice_live_ws__text_in_audio_out_turn",
                GA.dialect(Dialect.BETA),
                turn("Say a short greeting.", "Hola, ¿qué tal?", 61));
    }

    @Test
    void xai() throws Exception {
        // It tells no usage where the others do.
        replay("xai_ws__text_in_audio_out_turn", GA, turn("Say a short greeting.", "Hello there!", 0));
    }

    @Test
    void besideACall() throws Exception {
        replay(
                "openai_ws_sideband__webrtc_sideband_text_turn",
                GA.forCall("rtc_u0_1"),
                turn("Say hello.", "Hello there!", 17));
    }

    @Test
    void aFunctionCall() throws Exception {
        replay("openai_ws__tool_call_round", GA, session -> {
            JsonObject schema = JsonObject.of("type", "object");
            session.onCall(
                    FunctionTool.raw("get_weather", "The weather", schema),
                    city -> "It is foggy and 12 degrees in " + city.string("city") + ".");
            session.connect();
            Response response = await(session.ask("What is the weather in London?"));

            assertThat(response.text()).isEqualTo("It is foggy and 12 degrees in London.");
            assertThat(session.history()).hasSize(4).allMatch(HistoryItem::done);
            assertThat(session.usage().totalTokens()).isEqualTo(85 + 116);
            assertThat(session.usage().responseCount()).isEqualTo(2);
        });
    }

    @Test
    void aSpokenTurn() throws Exception {
        replay("openai_ws__audio_in_server_vad_turn", GA, session -> {
            CompletableFuture<ResponseHandle> answer = new CompletableFuture<>();
            session.onResponse(answer::complete);
            session.connect();
            session.input().append(AudioBytes.wrap(new byte[4_800]));
            Outcome outcome = await(await(answer).done());

            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            String spoken = "Hello, Marcelo! Great to meet you. How can I help you today?";
            assertThat(outcome.text()).isEqualTo(spoken);
            assertThat(session.history().stream().map(HistoryItem::text))
                    .containsExactly("Hello, my name is Marcelo.", spoken);
            assertThat(session.usage().totalTokens()).isEqualTo(205);
            assertThat(session.usage().transcriptions()).isNotEmpty();
        });
    }
}
