package io.github.realtime4j.together;

import static io.github.realtime4j.together.Together.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.CommandTimeoutException;
import io.github.realtime4j.Outcome;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseFailedException;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.ServerErrorException;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.Turn;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.history.HistoryItem;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.protocol.Voice;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.tool.FunctionTool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What users of other clients suffer from, and what this one promises about each: the first fourteen notes. */
final class FieldNotesTo14Test {
    private static final int SECOND = 48_000;

    record CityQuery(String city) {}

    @Test
    void note1TheSecondResponseWaitsForTheFirst() throws Exception {
        try (Together together = new Together().replies(Reply.text("One."), Reply.text("Two."), Reply.text("Three."));
                RealtimeSession session = together.session().connect()) {
            List<ResponseHandle> handles = List.of(session.respond(), session.respond(), session.respond());

            List<String> answers = new ArrayList<>();
            for (ResponseHandle handle : handles) {
                answers.add(await(handle.done()).text());
            }
            assertThat(answers).containsExactly("One.", "Two.", "Three.");
            await(session.closeAsync());
            assertThat(together.recorded().receivedTypes()).doesNotContain("error");
        }
    }

    @Test
    void note1ACreateRightAfterACancelIsNotRefused() throws Exception {
        try (Together together = new Together().replies(ScriptedResponse.neverAfter("I go on"), Reply.text("Done."));
                RealtimeSession session = together.session().connect()) {
            ResponseHandle first = session.respond();
            await(first.created());

            CompletableFuture<Outcome> cancelled = first.cancel();
            ResponseHandle second = session.respond();

            assertThat(await(cancelled)).isInstanceOf(Outcome.Cancelled.class);
            assertThat(await(second.done()).text()).isEqualTo("Done.");
        }
    }

    @Test
    void note2ATruncationIsNeverLongerThanWhatWasReceived() throws Exception {
        try (Together together = spoken(3 * SECOND, 2 * SECOND, SECOND);
                RealtimeSession session = together.client()
                        .newSession(SessionConfig.builder()
                                .turnDetection(TurnDetection.OFF)
                                .build())
                        .connect()) {
            String cutShort = speak(session);
            await(session.interrupt(cutShort, 0, Duration.ofNanos(1_234_999_999)));
            String unheard = speak(session);
            await(session.interrupt(unheard, 0, Duration.ZERO));
            String heard = speak(session);
            await(session.interrupt(heard, 0, Duration.ofSeconds(57)));

            assertThat(session.history().stream().map(item -> item.item().id())).containsExactly(cutShort, heard);
            await(session.closeAsync());
            List<JsonObject> sent = together.recorded().sent();
            assertThat(sent.stream().filter(event -> "conversation.item.truncate".equals(event.string("type"))))
                    .singleElement()
                    .satisfies(event -> assertThat(event.toString())
                            .contains("\"audio_end_ms\":1234", "\"item_id\":\"" + cutShort + "\""));
        }
    }

    private static Together spoken(int... bytes) {
        Together together = new Together();
        for (int length : bytes) {
            together.replies(ScriptedResponse.speech(AudioBytes.wrap(new byte[length]), "Words."));
        }
        return together;
    }

    private static String speak(RealtimeSession session) throws Exception {
        Response response = await(session.runTurn());
        return String.valueOf(response.output().get(0).id());
    }

    @Test
    void note7AFunctionThatTakesItsTimeHoldsUpNothing() throws Exception {
        CountDownLatch updated = new CountDownLatch(1);
        try (Together together = new Together()
                        .replies(
                                ScriptedResponse.functionCall("get_weather", "{\"city\":\"Porto\"}"),
                                Reply.text("Rain."));
                RealtimeSession session = together.session()) {
            CountDownLatch called = new CountDownLatch(1);
            session.onCall(FunctionTool.of("get_weather", "The weather", CityQuery.class), city -> {
                called.countDown();
                assertThat(updated.await(20, TimeUnit.SECONDS)).isTrue();
                return "rain in " + city.city();
            });
            session.on(SessionEvent.Updated.class, event -> {
                if ("Be brief.".equals(event.session().instructions())) {
                    updated.countDown();
                }
            });
            session.connect();
            CompletableFuture<Response> answer = session.ask("Weather in Porto?");
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

            await(session.update(
                    SessionConfig.builder().instructions("Be brief.").build()));

            assertThat(await(answer).text()).isEqualTo("Rain.");
        }
    }

    @Test
    void note7ATurnIsHeardAcrossItsFunctionCalls() throws Exception {
        try (Together together = new Together()
                        .replies(
                                ScriptedResponse.functionCallAfter(
                                        "Let me see. ", "get_weather", "{\"city\":\"Porto\"}"),
                                Reply.text("Rain."));
                RealtimeSession session = together.session()) {
            session.onCall(FunctionTool.of("get_weather", "The weather", CityQuery.class), city -> "rain");
            session.connect();
            Turn turn = session.turn(Item.userText("Weather in Porto?"));

            assertThat(String.join("", turn.text())).isEqualTo("Let me see. Rain.");
            assertThat(turn.join().text()).isEqualTo("Rain.");
        }
    }

    @Test
    void note7ATurnThatIsCancelledDoesNotGoOn() throws Exception {
        try (Together together = new Together().replies(ScriptedResponse.neverAfter("I go on"));
                RealtimeSession session = together.session().connect()) {
            Turn turn = session.turn(Item.userText("Tell me everything."));
            assertThat(turn.text().iterator().next()).isNotEmpty();
            turn.cancel();

            assertThatThrownBy(turn::join)
                    .isInstanceOf(ResponseFailedException.class)
                    .hasMessage("The response was cancelled: client_cancelled");
        }
    }

    @Test
    void note8OnlyWhatIsSetIsSentAndNoBetaHeader() throws Exception {
        try (Together together = new Together();
                RealtimeSession session = together.session().connect()) {
            await(session.closeAsync());
            assertThat(together.recorded().opening().header("openai-beta")).isNull();
        }
        try (Together together = new Together();
                RealtimeSession session = together.session().connect()) {
            await(session.closeAsync());
            JsonObject update = together.recorded().sent().get(0).object("session");
            assertThat(update)
                    .hasToString("{\"type\":\"realtime\",\"output_modalities\":[\"text\"],\"audio\":"
                            + "{\"input\":{\"turn_detection\":null}}}");
        }
    }

    @Test
    void note9ConnectedMeansThatTheConfigurationIsInForce() throws Exception {
        try (Together together = new Together();
                RealtimeSession session = together.session().connect()) {
            assertThat(session.settings().outputModalities()).containsExactly(Modality.TEXT);
        }
    }

    @Test
    void note9ARefusedConfigurationFailsTheConnectionAndARefusedUpdateOnlyItself() throws Exception {
        SessionConfig wrong = SessionConfig.builder().voice(Voice.of("nova")).build();
        try (Together together = new Together()) {
            RealtimeSession refused = together.client().newSession(wrong);
            assertThatThrownBy(refused::connect)
                    .isInstanceOf(ServerErrorException.class)
                    .hasMessageStartingWith("Invalid value: 'nova'. Supported values are: 'alloy', 'ash'");
            assertThat(refused.state()).isEqualTo(SessionState.FAILED);

            try (RealtimeSession session = together.session().connect()) {
                assertThatThrownBy(() -> await(session.update(wrong)))
                        .cause()
                        .isInstanceOfSatisfying(
                                ServerErrorException.class,
                                refusal -> assertThat(refusal.error().param()).isEqualTo("session.audio.output.voice"));
                assertThat(session.state()).isEqualTo(SessionState.OPEN);
            }
        }
    }

    @Test
    void note9AServerThatNeverAcknowledgesIsTimedOutOrTakenAsItIs() throws Exception {
        Fault silent = new Fault.NeverAcknowledge("session.update");
        try (Together together = new Together().faults(silent)) {
            RealtimeSession session = together.session(SessionOptions.builder().commandTimeout(Duration.ofMillis(20)));
            assertThatThrownBy(session::connect)
                    .isInstanceOf(CommandTimeoutException.class)
                    .hasMessageContaining("session.update within 20 ms");
        }
        try (Together together = new Together(
                        RealtimeServer.builder().inMemory(), Together.ENDPOINT.withoutAcknowledgements())
                .faults(silent)) {
            assertThat(together.session().connect().state()).isEqualTo(SessionState.OPEN);
        }
    }

    @Test
    void note10HistoryHasTheOrderOfTheConversation() throws Exception {
        try (Together together = new Together().replies(Reply.text("Hi."), Reply.text("Fine."));
                RealtimeSession session = together.session().connect()) {
            await(session.ask("Hello"));
            await(session.ask("How are you?"));
            await(session.items().create(Item.systemText("Be kind."), "root"));

            assertThat(session.history().stream().map(HistoryItem::text))
                    .containsExactly("Be kind.", "Hello", "Hi.", "How are you?", "Fine.");
        }
    }

    @Test
    void note11AnotherSessionGoesOnFromTheHistory() throws Exception {
        try (Together together = new Together()
                        .replies(ScriptedResponse.speech(AudioBytes.wrap(new byte[SECOND]), "My name is Ada."));
                RealtimeSession first = together.client()
                        .newSession(SessionConfig.builder()
                                .turnDetection(TurnDetection.OFF)
                                .build())
                        .connect();
                RealtimeSession second = together.session().connect()) {
            await(first.ask("Who are you?"));
            for (Item item : first.replayable()) {
                await(second.items().create(item));
            }

            assertThat(second.history().stream().map(HistoryItem::text))
                    .containsExactly("Who are you?", "My name is Ada.");
            assertThat(((Item.Message) second.history().get(1).item()).content().get(0))
                    .isInstanceOf(ContentPart.OutputText.class);
        }
    }

    @Test
    void note12AModelOrASpokenVoiceCannotChange() throws Exception {
        try (Together together = spoken(SECOND);
                RealtimeSession session = together.client()
                        .newSession(SessionConfig.builder()
                                .voice(Voice.MARIN)
                                .turnDetection(TurnDetection.OFF)
                                .build())
                        .connect()) {
            assertThatThrownBy(() -> await(session.update(SessionConfig.builder()
                            .model(Model.GPT_REALTIME_MINI)
                            .build())))
                    .hasRootCauseMessage(
                            "The model of a session cannot change: it is gpt-realtime-2.1, and gpt-realtime-mini"
                                    + " needs a session of its own");
            speak(session);
            assertThatThrownBy(() -> await(session.update(
                            SessionConfig.builder().voice(Voice.CEDAR).build())))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The voice cannot change once the model has spoken");
        }
    }

    @Test
    void note13AFailureIsAnOutcomeAndNotAnEmptyAnswer() throws Exception {
        try (Together together = new Together()
                        .replies(
                                ScriptedResponse.failed("rate_limit_exceeded"),
                                ScriptedResponse.incomplete("And so", "max_output_tokens"),
                                ScriptedResponse.failed("rate_limit_exceeded"));
                RealtimeSession session = together.session().connect()) {
            assertThat(await(session.respond().done())).isInstanceOf(Outcome.Failed.class);
            assertThat(await(session.respond().done()))
                    .isInstanceOfSatisfying(
                            Outcome.Incomplete.class,
                            outcome -> assertThat(outcome.reason()).isEqualTo("max_output_tokens"));
            assertThatThrownBy(() -> await(session.runTurn())).hasCauseInstanceOf(ResponseFailedException.class);
            assertThat(session.usage().rateLimits()).containsKey("tokens");
        }
    }

    @Test
    void note14NoAudioIsKept() throws Exception {
        try (Together together = spoken(3 * SECOND);
                RealtimeSession session = together.client()
                        .newSession(SessionConfig.builder()
                                .turnDetection(TurnDetection.OFF)
                                .build())
                        .connect()) {
            await(session.items().create(Item.userAudio(AudioBytes.wrap(new byte[SECOND]))));
            speak(session);

            assertThat(session.history())
                    .hasSize(2)
                    .allSatisfy(item -> assertThat(((Item.Message) item.item()).content())
                            .allSatisfy(part -> assertThat(part.toString()).contains("audio=null")));
        }
    }
}
