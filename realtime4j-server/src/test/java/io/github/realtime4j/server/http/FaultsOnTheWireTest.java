package io.github.realtime4j.server.http;

import static io.github.realtime4j.server.http.RecordingAcceptor.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Fault.MalformedFrame.Kind;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.server.http.RecordingAcceptor.Session;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultsOnTheWireTest {
    private static final String EVENT = "{\"type\":\"session.created\"}";

    private final RecordingAcceptor acceptor = new RecordingAcceptor();
    private HttpFront front;

    private void start(Fault... faults) throws IOException {
        FaultyAcceptor faulty = new FaultyAcceptor(acceptor, handshake -> List.of(faults), (delay, task) -> {
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(task);
        });
        front = HttpFront.start(FrontOptions.DEFAULT, faulty, new RestRoutes());
    }

    @AfterEach
    void stop() {
        front.close(Duration.ZERO);
    }

    @Test
    void aRefusedUpgradeNeverReachesTheSession() throws Exception {
        start(new Fault.RefuseUpgrade(503, "{\"error\":{\"message\":\"overloaded\"}}"));
        try (RawClient client = new RawClient(front)) {
            assertThat(client.upgrade("/v1/realtime")).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
            assertThat(front.sessions()).isZero();
        }
    }

    @Test
    void aResetIsATcpReset() throws Exception {
        start(new Fault.Reset(Trigger.onClientEvent("response.create")));
        try (RawClient client = RawClient.open(front)) {
            client.text("{\"type\":\"response.create\"}");

            assertThatThrownBy(client::next).isInstanceOf(IOException.class).hasMessageContaining("reset");
            assertThat(acceptor.take().next()).isEqualTo("end 1006 aborted (ended by USER)");
        }
    }

    @Test
    void aStalledServerLetsTheEventBeforeOutAndThenAnswersNotEvenPings() throws Exception {
        start(new Fault.Stall(Trigger.after("session.created")));
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            session.connection.send(utf8(EVENT));
            assertThat(client.next().text()).isEqualTo(EVENT);
            session.connection.send(utf8(EVENT));
            client.frame(0x80 | RawClient.PING, new byte[0]);
            client.socket.setSoTimeout(200);

            assertThatThrownBy(client::next).isInstanceOf(SocketTimeoutException.class);
            assertThat(session.end).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMalformedFrameComesInItsPlaceByteForByte(Kind kind) throws Exception {
        start(new Fault.MalformedFrame(Trigger.before("session.created").nth(2), kind));
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            session.connection.send(utf8(EVENT));
            session.connection.send(utf8(EVENT));
            session.connection.send(utf8(EVENT)).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(client.next().text()).isEqualTo(EVENT);

            byte[] broken = BrokenFrames.bytes(kind);
            assertThat(client.read(broken.length)).isEqualTo(broken);
            assertThat(client.next().text()).isEqualTo(EVENT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "INVALID_UTF8",
                "RESERVED_OPCODE",
                "RESERVED_BIT",
                "MASKED",
                "LONE_CONTINUATION",
                "LONG_PING",
                "FRAGMENTED_PING",
                "HUGE_LENGTH",
                "HTTP_ANSWER"
            })
    void anIndependentClientCallsTheBrokenFramesBroken(Kind kind) throws Exception {
        start(new Fault.MalformedFrame(Trigger.before("session.created"), kind));
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(front.socketUri(), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        webSocket.request(1);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket webSocket, Throwable error) {
                        failure.complete(error);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        acceptor.take().connection.send(utf8(EVENT));

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        socket.abort();
    }

    @Test
    void aSlowReaderMakesTheClientWait() throws Exception {
        start(new Fault.SlowReader(Trigger.atConnect(), 1_000));
        try (RawClient client = RawClient.open(front)) {
            Session session = acceptor.take();
            client.text("{\"type\":\"x\",\"fill\":\"" + "x".repeat(1_000_000) + "\"}");
            assertThat(session.next()).startsWith("message");
            client.text("{\"type\":\"y\"}");
            client.frame(0x80 | RawClient.PING, new byte[0]);
            client.socket.setSoTimeout(200);

            assertThatThrownBy(client::next).isInstanceOf(SocketTimeoutException.class);
            assertThat(session.events).isEmpty();
        }
    }
}
