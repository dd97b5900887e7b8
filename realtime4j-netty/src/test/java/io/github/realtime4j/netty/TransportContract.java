package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.Fixtures.send;
import static io.github.realtime4j.netty.Fixtures.utf8;
import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.ConnectionEnd.Side;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.WriteRefusedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transport promises, whatever carries its messages. */
@Timeout(60)
abstract class TransportContract {
    private final ReceiverRecorder client = new ReceiverRecorder();
    private final ReceiverRecorder server = new ReceiverRecorder();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    /** A transport to this acceptor; both sides with these options. */
    abstract Transport start(Acceptor acceptor, TransportOptions options);

    abstract URI uri();

    TransportOptions options() {
        return Fixtures.PLAIN;
    }

    <T extends AutoCloseable> T closeLater(T resource) {
        toClose.push(resource);
        return resource;
    }

    @AfterEach
    void tearDown() throws Exception {
        for (AutoCloseable resource : toClose) {
            resource.close();
        }
    }

    private Connection connect() {
        return connect(options());
    }

    private Connection connect(TransportOptions options) {
        Transport transport = closeLater(start(handshake -> server, options));
        Connection connection = await(transport.connect(Fixtures.handshake(uri()), client));
        client.expect("open");
        server.expect("open");
        return connection;
    }

    @Test
    void messagesArriveWholeAndInOrderOnBothSides() {
        Connection connection = connect();
        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add(send(connection, "über " + i));
            sent.add(send(server.connection(), "down " + i));
        }
        sent.forEach(ReceiverRecorder::await);
        for (int i = 0; i < 200; i++) {
            server.expect("über " + i);
            client.expect("down " + i);
        }
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void slicesBecomeOneMessageAndAreNotConsumed() {
        Connection connection = connect();
        ByteBuffer middle = utf8("--€--").position(2).limit(5);
        await(connection.send(utf8("a"), middle, ByteBuffer.allocateDirect(0), utf8("")));
        await(connection.send());
        server.expect("a€", "");
        assertThat(middle.remaining()).isEqualTo(3);
    }

    @Test
    void whatTheServerSendsFirstIsNotLost() {
        ReceiverRecorder eager = new ReceiverRecorder(connection -> send(connection, "session.created"), text -> {});
        Transport transport = closeLater(start(handshake -> eager, options()));
        CompletionStage<Connection> connecting = transport.connect(Fixtures.handshake(uri()), client);
        client.expect("open", "session.created");
        assertThat(await(connecting)).isSameAs(client.connection());
    }

    @Test
    void aReceiverMayAnswerFromInsideItsCalls() {
        ReceiverRecorder echo =
                new ReceiverRecorder(connection -> {}, text -> send(server.connection(), "echo " + text));
        ReceiverRecorder[] both = {server, echo};
        Transport transport = closeLater(start(
                handshake -> new ReceiverRecorder(both[0]::onOpen, text -> {
                    both[1].onMessage(utf8(text));
                }),
                options()));
        Connection connection = await(transport.connect(Fixtures.handshake(uri()), client));
        send(connection, "1");
        send(connection, "2");
        client.expect("open", "echo 1", "echo 2");
    }

    @Test
    void theAcceptorSeesPathHeadersAndSubprotocols() {
        List<Handshake> seen = new ArrayList<>();
        Transport transport = closeLater(start(
                handshake -> {
                    seen.add(handshake);
                    return server;
                },
                options()));
        List<Handshake.Header> headers = List.of(
                new Handshake.Header("Authorization", "Bearer x"),
                new Handshake.Header("X-Twice", "b"),
                new Handshake.Header("X-Twice", "a"));
        await(transport.connect(
                new Handshake(uri(), headers, List.of("realtime", "other.x"), Fixtures.TIMEOUT), client));
        server.expect("open");
        assertThat(seen).hasSize(1);
        Handshake handshake = seen.get(0);
        assertThat(handshake.uri().getRawPath() + "?" + handshake.uri().getRawQuery())
                .isEqualTo("/v1/realtime?model=m");
        assertThat(handshake.headers()).containsSubsequence(headers);
        assertThat(handshake.subprotocols()).containsExactly("realtime", "other.x");
    }

    @Test
    void aRefusalCarriesStatusRequestIdAndBody() {
        Transport transport = closeLater(start(
                handshake -> {
                    throw new HandshakeException("no", 403, "req_1", "{\"error\":\"not verified\"}", null);
                },
                options()));
        HandshakeException refusal =
                (HandshakeException) awaitFailure(transport.connect(Fixtures.handshake(uri()), client));
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.requestId()).isEqualTo("req_1");
        assertThat(refusal.body()).isEqualTo("{\"error\":\"not verified\"}");
        client.assertExhausted();
    }

    @Test
    void closeSendsWhatIsQueuedAndTellsBothSidesCodeAndReason() {
        Connection connection = connect();
        for (int i = 0; i < 100; i++) {
            send(connection, "m" + i);
        }
        connection.close(4001, "done");
        connection.close(4002, "later calls have no effect");
        for (int i = 0; i < 100; i++) {
            server.expect("m" + i);
        }
        server.expect("end 4001 SERVER");
        client.expect("end 4001 USER");
        assertThat(server.end()).isEqualTo(new ConnectionEnd(4001, "done", Side.SERVER, null));
        assertThat(client.end()).isEqualTo(new ConnectionEnd(4001, "done", Side.USER, null));
    }

    @Test
    void aCloseOfThePeerReachesTheClient() {
        connect();
        send(server.connection(), "last");
        server.connection().close(1001, "Your session hit the maximum duration of 60 minutes.");
        client.expect("last", "end 1001 SERVER");
        server.expect("end 1001 USER");
        assertThat(client.end().reason()).isEqualTo("Your session hit the maximum duration of 60 minutes.");
    }

    @Test
    void bothSidesMayCloseAtOnceAndEachHearsOfItOnce() {
        Connection connection = connect();
        connection.close(1000, "");
        server.connection().close(1000, "");
        client.expect("end 1000 USER");
        assertThat(server.next()).startsWith("end 1000 ");
        client.assertExhausted();
        server.assertExhausted();
    }

    @Test
    void codesAndReasonsThatMayNotBeSentAreRejected() {
        Connection connection = connect();
        assertThatThrownBy(() -> connection.close(1006, ""))
                .hasMessage("close code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, but was 1006");
        assertThatThrownBy(() -> connection.close(1000, "ü".repeat(62)))
                .hasMessage("close reason must be at most 123 bytes of UTF-8, but was 124");
        await(send(connection, "still open"));
        server.expect("still open");
    }

    @Test
    void abortEndsBothSidesWithoutACloseFrame() {
        Connection connection = connect();
        connection.abort();
        connection.abort();
        client.expect("end 1006 USER");
        server.expect("end 1006 SERVER");
        client.assertExhausted();
    }

    @Test
    void sendingAfterCloseOrAbortIsRefused() {
        Connection connection = connect();
        connection.close(1000, "");
        assertThat(awaitFailure(send(connection, "late")))
                .isInstanceOf(WriteRefusedException.class)
                .hasMessage("the connection is closing or has ended");
        client.expect("end 1000 USER");
        assertThat(awaitFailure(send(connection, "later"))).isInstanceOf(WriteRefusedException.class);
        server.expect("end 1000 SERVER");
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aReceiverThatThrowsEndsItsOwnConnectionOnly() {
        ReceiverRecorder failing = new ReceiverRecorder(connection -> {}, text -> {
            throw new IllegalStateException("broken by " + text);
        });
        Queue<ReceiverRecorder> servers = new ConcurrentLinkedQueue<>(List.of(failing, server));
        Transport transport = closeLater(start(handshake -> servers.remove(), options()));
        Connection first = await(transport.connect(Fixtures.handshake(uri()), client));
        ReceiverRecorder second = new ReceiverRecorder();
        Connection other = await(transport.connect(Fixtures.handshake(uri()), second));
        send(first, "x");
        client.expect("open", "end 1011 SERVER");
        failing.expect("open", "x", "end 1011 CLIENT");
        assertThat(failing.end().cause()).hasMessage("broken by x");
        await(send(other, "fine"));
        server.expect("open", "fine");
    }

    @Test
    void aReceiverThatThrowsOnOpenIsToldOfTheEnd() {
        ReceiverRecorder failing = new ReceiverRecorder(
                connection -> {
                    throw new IllegalStateException();
                },
                text -> {});
        Transport transport = closeLater(start(handshake -> server, options()));
        await(transport.connect(Fixtures.handshake(uri()), failing));
        failing.expect("open", "end 1011 CLIENT");
        server.expect("open", "end 1011 SERVER");
    }

    @Test
    void aMessageBeyondTheLimitEndsTheConnectionWith1009() {
        Connection connection = connect(options().maxMessageBytes(1000));
        send(connection, "x".repeat(1000));
        send(connection, "y".repeat(1001));
        server.expect("x".repeat(1000), "end 1009 CLIENT");
        client.expect("end 1009 SERVER");
        assertThat(client.end().reason()).isEqualTo("message longer than 1000 bytes");
    }

    @Test
    void textThatIsNotUtf8EndsTheConnectionWith1007() {
        Connection connection = connect();
        connection.send(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff}));
        server.expect("end 1007 CLIENT");
        client.expect("end 1007 SERVER");
    }

    @Test
    void aPausedReceiverGetsTheRestAfterResumeInOrder() {
        Connection connection = connect();
        server.connection().pauseReading();
        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(send(connection, "m" + i));
        }
        await(send(server.connection(), "paused is one way only"));
        client.expect("paused is one way only");
        server.connection().resumeReading();
        sent.forEach(ReceiverRecorder::await);
        for (int i = 0; i < 50; i++) {
            server.expect("m" + i);
        }
    }

    @Test
    void pausedMidwayTheReceiverGetsNoMore() {
        ReceiverRecorder pausing = new ReceiverRecorder();
        Transport transport = closeLater(start(handshake -> server, options()));
        ReceiverRecorder both = new ReceiverRecorder(client::onOpen, text -> {
            client.connection().pauseReading();
            pausing.onMessage(utf8(text));
        });
        await(transport.connect(Fixtures.handshake(uri()), both));
        server.connection().send(utf8("1"));
        server.connection().send(utf8("2"));
        pausing.expect("1");
        await(send(client.connection(), "up"));
        server.expect("open", "up");
        pausing.assertExhausted();
        client.connection().resumeReading();
        pausing.expect("2");
    }

    @Test
    void aSlowPeerTurnsTheConnectionUnwritableAndBackAgain() {
        Connection connection = connect();
        server.connection().pauseReading();
        String block = "b".repeat(64 << 10);
        List<CompletionStage<Void>> sent = new ArrayList<>();
        Throwable refusal = null;
        while (refusal == null && sent.size() < 4000) {
            CompletionStage<Void> result = send(connection, block);
            if (result.toCompletableFuture().isCompletedExceptionally()) {
                refusal = awaitFailure(result);
            } else {
                sent.add(result);
            }
        }
        assertThat(refusal).isInstanceOf(WriteRefusedException.class).hasMessageContaining("the bound is 1048576");
        assertThat(connection.isWritable()).isFalse();
        // The network may have taken some since.
        assertThat(connection.queuedBytes()).isBetween(1L, 1L << 20);
        server.connection().resumeReading();
        sent.forEach(ReceiverRecorder::await);
        assertThat(connection.isWritable()).isTrue();
        await(client.writable);
        connection.close(1000, "");
        for (int i = 0; i < sent.size(); i++) {
            assertThat(server.next()).hasSize(block.length());
        }
        server.expect("end 1000 SERVER");
    }

    @Test
    void anEmptyQueueTakesAMessageBeyondItsBound() {
        TransportOptions options = options();
        Connection connection = connect(options.maxQueuedBytes(1000));
        await(send(connection, "x".repeat(500_000)));
        assertThat(server.next()).hasSize(500_000);
    }

    @Test
    void threadsMaySendAtOnceAndNothingIsLost() throws Exception {
        Connection connection = connect();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String name = "t" + t + " ";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    send(connection, name + i);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int[] next = new int[4];
        for (int i = 0; i < 2000; i++) {
            String message = server.next();
            int thread = message.charAt(1) - '0';
            assertThat(message).isEqualTo("t" + thread + " " + next[thread]++);
        }
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsAborted() {
        TransportOptions options = options();
        Connection connection = connect(options.closeTimeout(Duration.ofMillis(50)));
        server.connection().pauseReading();
        connection.close(1000, "");
        client.expect("end 1006 USER");
        assertThat(client.end().reason()).isEqualTo("no close frame within 50 ms");
    }

    @Test
    void closingWhilePausedStillDeliversWhatComesBeforeTheCloseFrame() {
        Connection connection = connect();
        connection.pauseReading();
        send(server.connection(), "before");
        connection.close(1000, "");
        client.expect("before", "end 1000 USER");
    }

    @Test
    void closingTheTransportEndsItsConnectionsAndRefusesNewOnes() {
        Transport transport = closeLater(start(handshake -> server, options()));
        await(transport.connect(Fixtures.handshake(uri()), client));
        transport.close();
        client.expect("open", "end 1006 USER");
        server.expect("open", "end 1006 SERVER");
        assertThat(awaitFailure(transport.connect(Fixtures.handshake(uri()), client)))
                .isInstanceOf(HandshakeException.class)
                .hasMessage("the transport is closed");
        client.assertExhausted();
    }
}
