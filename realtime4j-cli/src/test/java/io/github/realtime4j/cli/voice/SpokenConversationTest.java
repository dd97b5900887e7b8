package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.cli.demo.ScriptedUser;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.voice.ClockedSink;
import io.github.realtime4j.voice.Voice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class SpokenConversationTest {
    private static final FunctionTool<JsonObject> LOOK_UP =
            FunctionTool.raw("look_up", "Takes its time", JsonObject.EMPTY);
    private static final long LONGEST_MILLIS = 120_000;

    private final ConversationClock clock = ConversationClock.faster(10);
    private final ScriptedUser user = new ScriptedUser(clock);
    private final short[] line = ScriptedUser.spoken(new ToneSynthesizer(), "Are you still there?", "cedar");
    private final CountDownLatch userHasStopped = new CountDownLatch(1);
    private final CountDownLatch outputWasSeen = new CountDownLatch(1);
    private final List<Moment> moments = new CopyOnWriteArrayList<>();

    private Reply respond(ResponseRequest request) {
        if (request.items().stream().anyMatch(Item.FunctionCallOutput.class::isInstance)) {
            outputWasSeen.countDown();
            return Reply.text("Found.");
        }
        boolean called = request.items().stream().anyMatch(Item.FunctionCall.class::isInstance);
        return called ? Reply.text("I am still looking.") : Reply.functionCall(LOOK_UP.name(), "{}");
    }

    /** The user speaks while the function runs, and the function answers when the user's turn ends. */
    private void accept(Moment moment) {
        moments.add(moment);
        if (moment instanceof Moment.ToolCalled) {
            user.say(line);
        } else if (moment instanceof Moment.UserStopped && has(Moment.ToolCalled.class)) {
            userHasStopped.countDown();
        }
    }

    private boolean has(Class<? extends Moment> kind) {
        return moments.stream().anyMatch(kind::isInstance);
    }

    @Test
    void aFunctionThatAnswersWhenTheUserHasSpokenMeanwhileIsFollowedUp() throws Exception {
        try (RealtimeServer server = RealtimeServer.builder()
                        .responder(this::respond)
                        .synthesizer(new ToneSynthesizer())
                        .start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(Endpoint.custom(server.uri()))
                        .apiKey("any")
                        .build();
                RealtimeSession session = client.newSession(SessionConfig.builder()
                        .turnDetection(TurnDetection.serverVad())
                        .build())) {
            session.onCall(LOOK_UP, arguments -> {
                userHasStopped.await();
                return "found";
            });
            session.connect();
            try (SpokenConversation conversation =
                    new SpokenConversation(session, clock, Duration.ofSeconds(20), this::accept)) {
                conversation.start(Voice.attach(session)
                        .source(user)
                        .sink(new ClockedSink(24_000, Duration.ofMillis(500), clock, heard -> {})));
                user.say(line);
                conversation.run(() -> (outputWasSeen.getCount() == 0 && conversation.isIdle())
                        || conversation.millis() > LONGEST_MILLIS);
            }
        }

        assertThat(outputWasSeen.getCount()).isZero();
        assertThat(moments.stream().filter(Moment.UserStarted.class::isInstance))
                .hasSize(2);
        assertThat(moments.stream()
                        .filter(Moment.ToolAnswered.class::isInstance)
                        .map(answered -> ((Moment.ToolAnswered) answered).output()))
                .containsExactly("found");
    }
}
