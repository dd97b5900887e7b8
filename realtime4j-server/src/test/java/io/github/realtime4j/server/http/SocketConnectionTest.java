package io.github.realtime4j.server.http;

import static io.github.realtime4j.server.http.RecordingAcceptor.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.server.http.RecordingAcceptor.Session;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.ConnectionEnd.Side;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.WriteRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SocketConnectionTest {
    private static final TransportOptions SMALL = new TransportOptions(
            1000,
            1 << 20,
            64 << 10,
            16 << 10,
            Duration.ofMillis(50),
            Duration.ZERO,
            Duration.ofMillis(200),
            true,
            null,
            null,
            null);

    private final RecordingAcceptor acceptor = new RecordingAcceptor();
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        front = HttpFront.start(FrontOptions.DEFAULT, acceptor, new RestRoutes());
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private HttpFront small() throws IOException {
        return HttpFront.start(FrontOptions.DEFAULT.over(SMALL), acceptor, new RestRoutes());
    }

    @Test
    void messagesArriveWholeAndInOrder() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.text("{\"type\":\"a\"}");
            client.frame(RawClient.TEXT, "grü".getBytes(StandardCharsets.UTF_8));
            client.frame(0x80 | RawClient.PING, "in between".getBytes(StandardCharsets.UTF_8));
            client.frame(0x80, "ße".getBytes(StandardCharsets.UTF_8));

            Session session = acceptor.take();
            assertThat(session.next()).isEqualTo("message {\"type\":\"a\"}");
            assertThat(session.next()).isEqualTo("message grüße");
            RawClient.Frame pong = client.next();
            assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
            assertThat(pong.text()).isEqualTo("in between");
        }
    }

    @Test
    void aCharacterMayBeSplitBetweenFragments() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.frame(RawClient.TEXT, new byte[] {(byte) 0xc3});
            client.frame(0x80, new byte[] {(byte) 0xbc});

            assertThat(acceptor.take().next()).isEqualTo("message ü");
        }
    }

    @Test
    void slicesLeaveAsOneMessageAndInTheOrderOfTheCalls() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            session.connection.send(utf8("one "), utf8("message"));
            CompletionStage<Void> last = session.connection.send(utf8("another"));

            assertThat(client.next().text()).isEqualTo("one message");
            assertThat(client.next().text()).isEqualTo("another");
            last.toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(session.connection.queuedBytes()).isZero();
        }
    }

    @Test
    void binaryMessagesAreReportedByLengthAndTheConnectionGoesOn() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.frame(0x80 | RawClient.BINARY, new byte[7]);
            client.frame(RawClient.BINARY, new byte[3]);
            client.frame(0x80, new byte[4]);
            client.text("text");

            Session session = acceptor.take();
            assertThat(session.next()).isEqualTo("binary 7");
            assertThat(session.next()).isEqualTo("binary 7");
            assertThat(session.next()).isEqualTo("message text");
        }
    }

    @Test
    void theServerPingsWithFourBytes() throws Exception {
        try (HttpFront pinging = small();
                RawClient client = RawClient.open(pinging)) {
            RawClient.Frame ping = client.next();

            assertThat(ping.opcode()).isEqualTo(RawClient.PING);
            assertThat(ping.payload()).hasSize(4);
        }
    }

    @Test
    void theClientsCloseIsEchoedAndEndsTheSession() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.close(4001);

            RawClient.Frame echo = client.next();
            assertThat(echo.closeCode()).isEqualTo(4001);
            assertThat(client.isAtEnd()).isTrue();
            Session session = acceptor.take();
            assertThat(session.next()).isEqualTo("end 4001 (ended by SERVER)");
            assertThat(session.events).isEmpty();
        }
    }

    @Test
    void aCloseFrameWithoutACodeEndsWith1005() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.frame(0x80 | RawClient.CLOSE, new byte[0]);

            assertThat(client.next().payload()).isEmpty();
            acceptor.take().next();
        }
    }

    @Test
    void closingSendsEverythingQueuedAndWaitsForTheAnswer() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            session.connection.send(utf8("last words"));
            session.connection.close(3000, "invalid_request_error");
            session.connection.close(1000, "later calls have no effect");
            CompletionStage<Void> refused = session.connection.send(utf8("too late"));

            assertThat(client.next().text()).isEqualTo("last words");
            RawClient.Frame close = client.next();
            assertThat(close.closeCode()).isEqualTo(3000);
            assertThat(close.closeReason()).isEqualTo("invalid_request_error");
            assertThat(session.events).isEmpty();
            client.text("crossing");
            client.close(3000);
            assertThat(session.next()).isEqualTo("message crossing");
            assertThat(session.next()).startsWith("end 3000").endsWith("(ended by USER)");
            assertThat(client.isAtEnd()).isTrue();
            assertThatThrownBy(() -> refused.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(WriteRefusedException.class);
        }
    }

    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsDropped() throws Exception {
        try (HttpFront impatient = small();
                RawClient client = RawClient.open(impatient)) {
            Session session = acceptor.take();
            session.connection.close(1000, "");
            assertThat(closeOf(client).closeCode()).isEqualTo(1000);

            assertThat(session.next()).isEqualTo("end 1006 no close frame within 200 ms (ended by USER)");
        }
    }

    @Test
    void abortResetsTheConnection() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            session.connection.abort();

            assertThat(session.next()).isEqualTo("end 1006 aborted (ended by USER)");
            assertThatThrownBy(client::next).isInstanceOf(IOException.class).hasMessageContaining("reset");
            assertThat(session.events).isEmpty();
        }
    }

    @Test
    void aClientThatVanishesEndsWith1006() throws Exception {
        RawClient client = RawClient.open(front);
        Session session = acceptor.take();
        client.close();

        assertThat(session.next()).isEqualTo("end 1006 dropped without a close frame (ended by SERVER)");
    }

    @Test
    void textThatIsNotUtf8Ends1007() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            client.frame(0x80 | RawClient.TEXT, new byte[] {'{', (byte) 0xc0, (byte) 0xaf, '}'});

            assertThat(client.next().closeCode()).isEqualTo(1007);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(acceptor.take().next()).isEqualTo("end 1007 message is not UTF-8 (ended by CLIENT)");
        }
    }

    @Test
    void aMessageBeyondTheLimitEnds1009WhetherInOneFrameOrInFragments() throws Exception {
        try (HttpFront limited = small();
                RawClient one = RawClient.open(limited);
                RawClient many = RawClient.open(limited)) {
            one.frame(0x80 | RawClient.TEXT, new byte[1001]);
            many.frame(RawClient.TEXT, new byte[600]);
            many.frame(0x80, new byte[401]);

            assertThat(closeOf(one).closeCode()).isEqualTo(1009);
            assertThat(closeOf(many).closeCode()).isEqualTo(1009);
        }
    }

    private static RawClient.Frame closeOf(RawClient client) throws IOException {
        RawClient.Frame frame = client.next();
        while (frame.opcode() != RawClient.CLOSE) {
            frame = client.next();
        }
        return frame;
    }

    @Test
    void framesThatBreakTheRulesEnd1002() throws Exception {
        byte[][] broken = {
            {(byte) 0x81, 2, '{', '}'},
            {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0x09, (byte) 0x80, 0, 0, 0, 0}
        };
        for (byte[] frame : broken) {
            try (RawClient client = RawClient.open(front)) {
                client.write(frame);

                assertThat(client.next().closeCode()).isEqualTo(1002);
                assertThat(acceptor.take().next()).startsWith("end 1002 ");
            }
        }
    }

    @Test
    void aReservedBitThatCompressionDoesNotUseEnds1002() throws Exception {
        try (RawClient client = RawClient.open(front, "Sec-WebSocket-Extensions: permessage-deflate")) {
            client.frame(0x91, new byte[] {'{', '}'});

            assertThat(client.next().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aBombOfCompressedBytesEnds1009() throws Exception {
        byte[] bomb = new byte[64 << 10];
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[16 << 20]);
        int length = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
        try (HttpFront limited = small();
                RawClient client = RawClient.open(limited, "Sec-WebSocket-Extensions: permessage-deflate")) {
            client.frame(0xc1, Arrays.copyOf(bomb, Math.min(length, 900)));

            assertThat(closeOf(client).closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aSessionThatThrowsEnds1011AndTheOthersGoOn() throws Exception {
        acceptor.onMessage((session, message) -> {
            if (message.equals("bad")) {
                throw new IllegalStateException("secret detail");
            }
            session.connection.send(utf8("echo"));
        });
        try (RawClient good = RawClient.open(front);
                RawClient bad = RawClient.open(front)) {
            bad.text("bad");
            RawClient.Frame close = bad.next();
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.closeReason()).isEqualTo("internal error");
            good.text("good");
            assertThat(good.next().text()).isEqualTo("echo");
        }
    }

    @Test
    void nothingIsDeliveredWhileReadingIsPaused() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            acceptor.onMessage((paused, message) -> paused.connection.pauseReading());
            ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
            for (int i = 0; i < 3; i++) {
                atOnce.writeBytes(
                        RawClient.masked(0x80 | RawClient.TEXT, ("m" + i).getBytes(StandardCharsets.UTF_8)));
            }
            client.write(atOnce.toByteArray());

            assertThat(session.next()).isEqualTo("message m0");
            assertThat(session.events).isEmpty();
            session.connection.resumeReading();
            assertThat(session.next()).isEqualTo("message m1");
            assertThat(session.events).isEmpty();
            acceptor.onMessage((reading, message) -> {});
            session.connection.resumeReading();
            assertThat(session.next()).isEqualTo("message m2");
        }
    }

    @Test
    void aClientThatDoesNotReadCostsNoMoreThanTheBoundAndIsToldOfWhenItReads() throws Exception {
        try (HttpFront bounded = small();
                RawClient client = RawClient.open(bounded)) {
            Session session = acceptor.take();
            byte[] message = new byte[100_000];
            Arrays.fill(message, (byte) 'x');
            int taken = 0;
            CompletionStage<Void> sent = session.connection.send(ByteBuffer.wrap(message));
            while (!sent.toCompletableFuture().isCompletedExceptionally()) {
                taken++;
                assertThat(session.connection.queuedBytes()).isLessThanOrEqualTo(1 << 20);
                sent = session.connection.send(ByteBuffer.wrap(message));
            }
            assertThatThrownBy(sent.toCompletableFuture()::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(WriteRefusedException.class);

            for (int read = 0; read < taken; ) {
                if (client.next().opcode() == RawClient.TEXT) {
                    read++;
                }
            }
            assertThat(session.next()).isEqualTo("writable");
            assertThat(session.connection.isWritable()).isTrue();
        }
    }

    @Test
    void messagesLeftInTheQueueFailWhenTheConnectionEnds() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            ((RawConnection) session.connection).stall();
            CompletionStage<Void> sent = session.connection.send(utf8("never leaves"));
            assertThat(session.connection.queuedBytes()).isEqualTo(12);
            session.connection.abort();

            assertThatThrownBy(() -> sent.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(client::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theJdksClientTalksAndSaysGoodbye() throws Exception {
        acceptor.echoing();
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("realtime", "openai-insecure-api-key.sk-test")
                .buildAsync(front.socketUri(), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        echo.complete(data.toString());
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(10, TimeUnit.SECONDS);

        assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(socket.getSubprotocol()).isEqualTo("realtime");
        assertThat(front.sessions()).isEqualTo(1);
        socket.sendClose(1000, "bye").get(10, TimeUnit.SECONDS);
        Session session = acceptor.take();
        assertThat(session.next()).isEqualTo("message hello");
        assertThat(session.next()).isEqualTo("end 1000 bye (ended by SERVER)");
    }

    @Test
    void stoppingSaysGoingAwayAndDropsWhoStays() throws Exception {
        RawClient polite = RawClient.open(front);
        Session politeSession = acceptor.take();
        RawClient rude = RawClient.open(front);
        Session rudeSession = acceptor.take();
        Thread stopper = new Thread(() -> front.close(Duration.ofMillis(300)));
        stopper.start();

        assertThat(polite.next().closeCode()).isEqualTo(1001);
        polite.close(1001);
        assertThat(rude.next().closeCode()).isEqualTo(1001);
        stopper.join(10_000);
        assertThat(stopper.isAlive()).isFalse();
        assertThat(politeSession.end.code()).isEqualTo(ConnectionEnd.GOING_AWAY);
        assertThat(rudeSession.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
        assertThat(rudeSession.end.by()).isEqualTo(Side.USER);
        assertThatThrownBy(() -> new RawClient(front)).isInstanceOf(IOException.class);
        polite.close();
        rude.close();
    }

    @Test
    void aTakenPortIsNamed() {
        FrontOptions taken =
                FrontOptions.DEFAULT.listeningOn("127.0.0.1", front.address().getPort());

        assertThatThrownBy(() -> HttpFront.start(taken, acceptor, new RestRoutes()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + taken.port() + ": ");
    }
}
