package io.github.realtime4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in memory beyond the contract of every transport. */
@Timeout(60)
final class InMemoryTransportTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Handshake handshake(Duration timeout) {
        return new Handshake(URI.create("ws://memory/"), List.of(), List.of(), timeout);
    }

    /** Logs every call, and acts on messages. */
    private final class Side implements Receiver {
        private final String name;
        private final BiConsumer<Connection, String> onMessage;
        private Connection connection = Unconnected.INSTANCE;

        Side(String name, BiConsumer<Connection, String> onMessage) {
            this.name = name;
            this.onMessage = onMessage;
        }

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
            log.add(name + " open");
        }

        @Override
        public void onMessage(ByteBuffer message) {
            String text = StandardCharsets.UTF_8.decode(message).toString();
            log.add(name + " < " + text);
            onMessage.accept(connection, text);
            log.add(name + " >");
        }

        @Override
        public void onEnd(ConnectionEnd end) {
            log.add(name + " end " + end);
        }
    }

    private enum Unconnected implements Connection {
        INSTANCE;

        @Override
        public java.util.concurrent.CompletionStage<Void> send(ByteBuffer... slices) {
            throw new IllegalStateException();
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }

    @Test
    void directExecutionIsInOrderAndNeverEntersAReceiverTwice() {
        Side server = new Side("server", (connection, text) -> {
            connection.send(utf8(text + "1"));
            connection.send(utf8(text + "2"));
        });
        Side client = new Side("client", (connection, text) -> {
            if (text.equals("a1")) {
                connection.send(utf8("b"));
                connection.close(1000, "done");
            }
        });
        try (InMemoryTransport transport = new InMemoryTransport(handshake -> server, Runnable::run)) {
            Connection connection = transport
                    .connect(handshake(Duration.ofSeconds(1)), client)
                    .toCompletableFuture()
                    .join();
            connection.send(utf8("a"));
        }
        assertThat(log)
                .containsExactly(
                        "server open",
                        "client open",
                        "server < a",
                        "server >",
                        "client < a1",
                        "client >",
                        "client < a2",
                        "client >",
                        "server < b",
                        "server >",
                        "server end 1000 done (ended by SERVER)",
                        "client < b1",
                        "client >",
                        "client < b2",
                        "client >",
                        "client end 1000 done (ended by USER)");
    }

    @Test
    void aLongConversationDoesNotDeepenTheStack() {
        Side server = new Side("server", (connection, text) -> connection.send(utf8(text)));
        int[] left = {20_000};
        int[] deepest = {0};
        Side client = new Side("client", (connection, text) -> {
            if (left[0] % 2_000 == 0) {
                deepest[0] = Math.max(deepest[0], new Throwable().getStackTrace().length);
            }
            if (left[0]-- > 0) {
                connection.send(utf8("again"));
            }
        });
        try (InMemoryTransport transport = new InMemoryTransport(handshake -> server, Runnable::run)) {
            Connection connection = transport
                    .connect(handshake(Duration.ofSeconds(1)), client)
                    .toCompletableFuture()
                    .join();
            connection.send(utf8("first"));
        }
        assertThat(left[0]).isEqualTo(-1);
        assertThat(deepest[0]).isBetween(1, 200);
    }

    @Test
    void whatIsQueuedForAPausedPeerCountsUntilItIsDelivered() {
        Side server = new Side("server", (connection, text) -> {});
        Side client = new Side("client", (connection, text) -> {});
        try (InMemoryTransport transport = new InMemoryTransport(handshake -> server, Runnable::run)) {
            Connection connection = transport
                    .connect(handshake(Duration.ofSeconds(1)), client)
                    .toCompletableFuture()
                    .join();
            server.connection.pauseReading();
            CompletableFuture<Void> sent = connection.send(utf8("four")).toCompletableFuture();
            assertThat(connection.queuedBytes()).isEqualTo(4);
            assertThat(sent).isNotDone();
            server.connection.resumeReading();
            assertThat(connection.queuedBytes()).isZero();
            assertThat(sent).isCompleted();
        }
    }

    @Test
    void abortDropsWhatThePeerHasNotTaken() {
        Side server = new Side("server", (connection, text) -> {});
        Side client = new Side("client", (connection, text) -> {});
        InMemoryTransport transport = new InMemoryTransport(handshake -> server, Runnable::run);
        Connection connection = transport
                .connect(handshake(Duration.ofSeconds(1)), client)
                .toCompletableFuture()
                .join();
        server.connection.pauseReading();
        CompletableFuture<Void> sent = connection.send(utf8("lost")).toCompletableFuture();
        connection.abort();
        server.connection.resumeReading();
        assertThatThrownBy(sent::join).hasRootCauseMessage("the connection ended with the message in its queue");
        assertThat(log)
                .containsExactly(
                        "server open",
                        "client open",
                        "client end 1006 aborted (ended by USER)",
                        "server end 1006 dropped without a close frame (ended by SERVER)");
    }

    @Test
    void anAcceptorThatIsNotReachedInTimeFailsTheConnect() {
        Queue<Runnable> never = new ArrayDeque<>();
        Side client = new Side("client", (connection, text) -> {});
        Side server = new Side("server", (connection, text) -> {});
        InMemoryTransport transport = new InMemoryTransport(handshake -> server, never::add);
        CompletableFuture<Connection> connecting =
                transport.connect(handshake(Duration.ofMillis(20)), client).toCompletableFuture();
        assertThat(connecting)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withRootCauseInstanceOf(HandshakeException.class)
                .withMessageContaining("no answer within 20 ms");
        never.remove().run();
        assertThat(log).isEmpty();
    }

    @Test
    void anAcceptorThatFailsIsAnInternalErrorOfTheServer() {
        InMemoryTransport transport = new InMemoryTransport(
                handshake -> {
                    throw new IllegalStateException("secret");
                },
                Runnable::run);
        CompletableFuture<Connection> connecting = transport
                .connect(handshake(Duration.ofSeconds(1)), new Side("client", (connection, text) -> {}))
                .toCompletableFuture();
        assertThatThrownBy(connecting::join)
                .cause()
                .hasMessage("the acceptor failed: java.lang.IllegalStateException")
                .extracting(failure -> ((HandshakeException) failure).status())
                .isEqualTo(500);
    }

    @Test
    void theDefaultThreadsDeliverToo() throws Exception {
        CompletableFuture<String> got = new CompletableFuture<>();
        Side client = new Side("client", (connection, text) -> {});
        Side server = new Side("server", (connection, text) -> got.complete(text));
        try (InMemoryTransport transport = new InMemoryTransport(handshake -> server)) {
            Connection connection = transport
                    .connect(handshake(Duration.ofSeconds(10)), client)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            connection.send(utf8("seven.."));
            assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo("seven..");
        }
    }
}
