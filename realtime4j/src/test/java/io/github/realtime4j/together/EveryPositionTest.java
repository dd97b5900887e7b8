package io.github.realtime4j.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.View;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.transport.InMemoryTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The connection is cut before every single event of a conversation, and nothing is left waiting. */
final class EveryPositionTest {
    private static final Endpoint ENDPOINT = Endpoint.custom(URI.create("ws://test/v1/realtime"));
    private static final int NEVER = Integer.MAX_VALUE;

    record CityQuery(String city) {}

    /** What one run leaves behind. */
    private static final class Trace {
        private final List<CompletableFuture<?>> futures = new ArrayList<>();
        private final List<Ending> views = new ArrayList<>();
        private final List<SessionEnd> ends = new ArrayList<>();
        private int eventsAfterTheEnd;

        <T> void wait(Supplier<CompletableFuture<T>> command) {
            try {
                futures.add(command.get());
            } catch (RuntimeException over) {
                futures.add(CompletableFuture.failedFuture(over));
            }
        }

        void watch(View<?> view) {
            Ending ending = new Ending();
            view.subscribe(ending);
            views.add(ending);
        }
    }

    /** Takes everything, and knows whether it is over. */
    private static final class Ending implements Flow.Subscriber<Object> {
        private boolean over;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object item) {}

        @Override
        public void onError(Throwable problem) {
            over = true;
        }

        @Override
        public void onComplete() {
            over = true;
        }
    }

    @Test
    void noFutureViewOrHandlerIsLeftOpenWhereverTheConnectionIsCut() {
        CuttingTransport whole = transport(NEVER);
        Trace uncut = converse(whole);
        assertThat(uncut.futures).allMatch(CompletableFuture::isDone);
        assertThat(whole.received()).isGreaterThan(60);

        for (int position = 0; position < whole.received(); position++) {
            Trace trace = converse(transport(position));

            assertThat(trace.futures)
                    .as("futures, cut after %d events", position)
                    .allMatch(CompletableFuture::isDone);
            assertThat(trace.views).as("views, cut after %d events", position).allMatch(view -> view.over);
            assertThat(trace.ends).as("ends, cut after %d events", position).hasSize(1);
            assertThat(trace.eventsAfterTheEnd).as("events after the end").isZero();
        }
    }

    private static CuttingTransport transport(int after) {
        RealtimeServer server =
                RealtimeServer.builder().sameThread().pacing(Pacing.NONE).start();
        server.enqueue(
                ScriptedResponse.text("Hello."),
                ScriptedResponse.functionCall("get_weather", "{\"city\":\"Porto\"}"),
                ScriptedResponse.text("Rain."),
                ScriptedResponse.text("Sunny."),
                ScriptedResponse.text("A mood."));
        return new CuttingTransport(new InMemoryTransport(server.acceptor(), Runnable::run), after);
    }

    /** On one thread, so that a position is the same in every run. */
    private static Trace converse(CuttingTransport transport) {
        Trace trace = new Trace();
        try (RealtimeClient client = RealtimeClient.builder()
                .endpoint(ENDPOINT)
                .apiKey("test")
                .transport(transport)
                .executor(Runnable::run)
                .build()) {
            RealtimeSession session = client.newSession(SessionConfig.builder()
                    .outputModalities(Modality.TEXT)
                    .turnDetection(TurnDetection.OFF)
                    .build());
            session.onCall(FunctionTool.of("get_weather", "The weather", CityQuery.class), city -> "rain");
            session.on(ServerEvent.class, event -> trace.eventsAfterTheEnd += trace.ends.size());
            session.onEnd(trace.ends::add);
            trace.watch(session.events());
            trace.watch(session.audio());
            trace.watch(session.transcripts());
            trace.futures.add(session.ended());
            trace.wait(session::connectAsync);
            talk(session, trace);
            session.close();
        }
        return trace;
    }

    private static void talk(RealtimeSession session, Trace trace) {
        trace.wait(() -> session.ask("Say hello."));
        trace.wait(() -> session.ask("How is the weather in Porto?"));
        trace.wait(() -> session.items().create(Item.userText("And tomorrow?").id("item_tomorrow")));
        trace.wait(() -> respond(session, trace, ResponseConfig.builder().build()));
        trace.wait(() ->
                respond(session, trace, ResponseConfig.builder().outOfBand().build()));
        trace.wait(() -> session.items().retrieve("item_tomorrow"));
        trace.wait(() -> session.items().delete("item_tomorrow"));
        trace.wait(() -> session.items().truncate("item_tomorrow", 0, 10));
        trace.wait(() ->
                session.update(SessionConfig.builder().instructions("Be brief.").build()));
        trace.wait(() -> {
            session.input().append(AudioBytes.wrap(new byte[9_600]));
            return session.input().commit();
        });
        trace.wait(() -> session.input().clear());
        trace.wait(() -> session.interrupt(Duration.ofMillis(100)));
        trace.wait(session::awaitMcpReady);
    }

    private static CompletableFuture<?> respondAny(RealtimeSession session, Trace trace, ResponseConfig config) {
        ResponseHandle handle = session.respond(config);
        trace.watch(handle.text());
        trace.watch(handle.audio());
        trace.futures.add(handle.created());
        return handle.done();
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Object> respond(RealtimeSession session, Trace trace, ResponseConfig config) {
        return (CompletableFuture<Object>) respondAny(session, trace, config);
    }
}
