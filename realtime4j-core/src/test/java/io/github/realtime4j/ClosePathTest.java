package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a session from several threads at once, while others append and command: nobody is left waiting. */
@Timeout(60)
final class ClosePathTest {
    private static final int ROUNDS = 24;

    /** Who ends it. */
    private enum Ending {
        CLOSE,
        ABORT,
        SERVER_CLOSES,
        SERVER_VANISHES,
        CLIENT_CLOSES,
        ALL
    }

    /** Answers what needs an answer, some of it never. */
    private static final class Server implements Receiver {
        private final Random random;
        private final CompletableFuture<Connection> opened = new CompletableFuture<>();
        private boolean configured;
        private int responses;

        Server(int seed) {
            random = new Random(seed);
        }

        @Override
        public void onOpen(Connection connection) {
            opened.complete(connection);
            say(ScriptedServer.CREATED);
        }

        private void say(String json) {
            opened.join().send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            JsonObject event =
                    JsonObject.parse(StandardCharsets.UTF_8.decode(message).toString());
            String type = String.valueOf(event.string("type"));
            if (configured && random.nextInt(8) == 0) {
                return;
            }
            configured = true;
            switch (type) {
                case "session.update" -> say(ScriptedServer.UPDATED);
                case "conversation.item.create" ->
                    say("{\"type\":\"conversation.item.added\",\"item\":" + event.object("item") + "}");
                case "response.create" -> {
                    String response = "\"response\":{\"id\":\"resp_" + ++responses + "\",\"metadata\":"
                            + event.object("response").object("metadata") + "}}";
                    say("{\"type\":\"response.created\"," + response);
                    if (random.nextBoolean()) {
                        say("{\"type\":\"response.done\"," + response);
                    }
                }
                default -> {}
            }
        }

        @Override
        public void onEnd(ConnectionEnd end) {}
    }

    @ParameterizedTest
    @EnumSource
    void everyFutureEndsAndEveryThreadReturns(Ending ending) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            new Round(ending, round).play();
        }
    }

    /** One session and its end. */
    private static final class Round {
        private final Server server;
        private final RealtimeClient client;
        private final RealtimeSession session;
        private final Ending ending;
        private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger ends = new AtomicInteger();
        private final CompletableFuture<SessionEnd> told = new CompletableFuture<>();

        /** Counted down by those who were told of the end by an exception. */
        private final CountDownLatch ended = new CountDownLatch(3);

        private final List<Thread> threads = new ArrayList<>();

        /** Counted down by what has been sent; some sessions end before that. */
        private final CountDownLatch busy;

        Round(Ending ending, int seed) {
            this.ending = ending;
            busy = new CountDownLatch(seed % 3 == 0 ? 0 : 20);
            server = new Server(seed);
            client = RealtimeClient.builder()
                    .apiKey("sk-secret")
                    .endpoint(SessionRig.ENDPOINT)
                    .transport(new InMemoryTransport(handshake -> server))
                    .build();
            session = client.newSession(
                    SessionRig.CONFIG,
                    SessionOptions.builder()
                            .maxQueuedAudio(8 << 10)
                            .closeTimeout(Duration.ofSeconds(1))
                            .build());
            session.onEnd(end -> {
                ends.incrementAndGet();
                told.complete(end);
            });
            futures.add(told);
        }

        void play() throws Exception {
            CompletableFuture<RealtimeSession> connecting = session.connectAsync();
            futures.add(connecting);
            View<ServerEvent> events = session.events();
            threads.add(new Thread(() -> watch(events)));
            CyclicBarrier start = new CyclicBarrier(3);
            for (int i = 0; i < 2; i++) {
                work(start, this::append);
            }
            work(start, this::command);
            threads.forEach(Thread::start);
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            List<Thread> enders = enders();
            enders.forEach(Thread::start);
            for (Thread ender : enders) {
                ender.join(10_000);
                assertThat(ender.isAlive()).as("an ender is stuck").isFalse();
            }
            futures.add(session.ended());
            for (Thread thread : threads) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName() + " is stuck").isFalse();
            }
            for (CompletableFuture<?> future : futures) {
                assertThat(future.handle((ok, problem) -> true)).succeedsWithin(Duration.ofSeconds(10));
            }
            assertThat(ended.getCount())
                    .as("threads that something else has ended")
                    .isZero();
            assertThat(ends).hasValue(1);
            assertThat(session.state().isTerminal()).isTrue();
            client.close();
        }

        private void work(CyclicBarrier start, Runnable work) {
            threads.add(new Thread(() -> untilItEnds(() -> {
                await(start);
                while (true) {
                    work.run();
                }
            })));
        }

        private static void await(CyclicBarrier barrier) {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void watch(View<ServerEvent> events) {
            try {
                events.forEach(event -> {});
            } catch (RealtimeException lost) {
                assertThat(lost).hasMessageStartingWith("The ");
            }
        }

        private void untilItEnds(Runnable work) {
            try {
                work.run();
            } catch (RealtimeException over) {
                ended.countDown();
            }
        }

        private void append() {
            if (session.state() == SessionState.CONNECTING) {
                Thread.onSpinWait();
            } else {
                session.input().append(new byte[960]);
                busy.countDown();
            }
        }

        private void command() {
            if (session.state() == SessionState.CONNECTING) {
                Thread.onSpinWait();
                return;
            }
            ResponseHandle response = session.respond();
            futures.add(response.created());
            futures.add(response.done());
            futures.add(session.update(SessionRig.CONFIG));
            futures.add(session.items().create(Item.userText("Hello")));
            futures.add(session.input().commit());
            futures.add(session.ask("Hello"));
            futures.add(response.cancel());
        }

        private List<Thread> enders() {
            List<Runnable> all = List.of(
                    session::close,
                    session::abort,
                    () -> server.opened.thenAccept(connection -> connection.close(ConnectionEnd.NORMAL, "")),
                    () -> server.opened.thenAccept(Connection::abort),
                    client::close);
            List<Runnable> chosen = ending == Ending.ALL ? all : List.of(all.get(ending.ordinal()));
            return chosen.stream().map(Thread::new).toList();
        }
    }
}
