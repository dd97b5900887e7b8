package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.Fixtures.KEY;
import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way not to get a connection, and what the user is told; never with a credential. */
@Timeout(60)
final class ConnectFailureTest {
    private final ReceiverRecorder receiver = new ReceiverRecorder();
    private final NettyTransport transport = new NettyTransport(Fixtures.PLAIN, 1);

    @AfterEach
    void nobodyWasToldOfAConnection() {
        receiver.assertExhausted();
        transport.close();
    }

    private HandshakeException refusal(RawServer.Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            return failure(handshake("ws://localhost:" + server.port()));
        }
    }

    private static Handshake handshake(String base) {
        return handshake(base, Fixtures.TIMEOUT);
    }

    private static Handshake handshake(String base, Duration timeout) {
        return new Handshake(
                URI.create(base + "/v1/realtime?model=gpt-realtime&api-key=" + KEY),
                List.of(new Handshake.Header("Authorization", "Bearer " + KEY), new Handshake.Header("api-key", KEY)),
                List.of("realtime", "openai-insecure-api-key." + KEY),
                timeout);
    }

    private HandshakeException failure(Handshake handshake) {
        return checked(awaitFailure(transport.connect(handshake, receiver)));
    }

    /** No part of a handshake failure may hold a credential. */
    private static HandshakeException checked(Throwable failure) {
        HandshakeException refusal = (HandshakeException) failure;
        StringWriter everything = new StringWriter();
        refusal.printStackTrace(new PrintWriter(everything));
        everything.append(String.valueOf(refusal.body())).append(String.valueOf(refusal.requestId()));
        assertThat(everything.toString()).doesNotContain(KEY).doesNotContain("sk-test");
        return refusal;
    }

    private static RawServer.Script answering(String answer) {
        return socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, answer);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK|that is a plain HTTP answer, not a WebSocket: check host and path",
                "400 Bad Request|it did not understand the request: check path, query and headers",
                "401 Unauthorized|the key is missing, wrong or expired",
                "403 Forbidden|the key is known but may not do this: check organisation, project and access to the model",
                "404 Not Found|nothing is at this path: check base URL, path, deployment and API version",
                "407 Proxy Authentication Required|a proxy wants user and password: set the proxy credentials",
                "429 Too Many Requests|too many requests, or no quota left; wait before the next try",
                "503 Service Unavailable|the server has a problem; try again later",
            })
    void aRefusedUpgradeSaysWhatToDo(String status, String hint) throws IOException {
        HandshakeException refusal =
                refusal(answering("HTTP/1.1 " + status + "\r\ncontent-length: 2\r\nx-request-id: req_7\r\n\r\nno"));
        assertThat(refusal.getMessage())
                .matches("Cannot connect to ws://localhost:\\d+/v1/realtime: the server answered \\Q" + status + "; "
                        + hint + ". It says: no (request id req_7)\\E");
        assertThat(refusal.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(refusal.requestId()).isEqualTo("req_7");
        assertThat(refusal.body()).isEqualTo("no");
    }

    @Test
    void aRedirectIsNamedWithoutItsQueryAndNotFollowed() throws IOException {
        HandshakeException refusal = refusal(answering("HTTP/1.1 302 Found\r\n"
                + "location: https://login.example:8443/here?token=" + KEY + "\r\ncontent-length: 0\r\n\r\n"));
        assertThat(refusal.getMessage())
                .contains("it redirects to https://login.example:8443/here, which is not followed");
    }

    @Test
    void retryAfterAndAzuresRequestIdArePassedOn() throws IOException {
        HandshakeException refusal = refusal(answering(
                "HTTP/1.1 429 Slow down\r\nretry-after: 20\r\napim-request-id: az-1\r\ncontent-length: 0\r\n\r\n"));
        assertThat(refusal.getMessage()).endsWith("; try again after 20 s (request id az-1)");
        assertThat(refusal.requestId()).isEqualTo("az-1");
    }

    @Test
    void aServerThatEchoesTheRequestDoesNotPutTheKeyIntoTheMessage() throws IOException {
        HandshakeException refusal = refusal(socket -> {
            String head = RawServer.readHead(socket);
            RawServer.write(
                    socket,
                    "HTTP/1.1 401 No " + KEY + "\r\nx-request-id: " + KEY + "\r\ncontent-length: " + head.length()
                            + "\r\n\r\n" + head);
        });
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.body()).contains("Authorization: …").contains("model=gpt-realtime");
    }

    @Test
    void onlyTheBeginningOfAnEndlessBodyIsKept() throws IOException {
        HandshakeException refusal = refusal(socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 500 Oh\r\ntransfer-encoding: chunked\r\n\r\n");
            while (true) {
                RawServer.write(socket, "400\r\n" + "x".repeat(1024) + "\r\n");
            }
        });
        assertThat(refusal.body()).hasSize(HandshakeException.BODY_LIMIT);
        assertThat(refusal.getMessage()).hasSizeLessThan(500);
    }

    @Test
    void aBodyThatIsCutOffStillRefuses() throws IOException {
        HandshakeException refusal = refusal(socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 401 Unauthorized\r\ncontent-length: 100\r\n\r\nhalf");
            socket.close();
        });
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.body()).isEqualTo("half");
    }

    @Test
    void aBodyThatNeverEndsDoesNotHoldTheRefusalBack() throws IOException {
        HandshakeException refusal = refusal(socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\npart");
            socket.getInputStream().read();
        });
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.body()).isEqualTo("part");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upgrade: h2c~connection: upgrade|the 101 answer does not upgrade to websocket",
                "upgrade: websocket~connection: upgrade~sec-websocket-accept: AAAA"
                        + "|the 101 answer has a wrong Sec-WebSocket-Accept; is a cache or a proxy in between?",
            })
    void a101ThatAnswersSomethingElseIsNotAccepted(String headers, String reason) throws IOException {
        HandshakeException refusal =
                refusal(answering("HTTP/1.1 101 Sure\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n"));
        assertThat(refusal.getMessage()).endsWith(reason);
    }

    @Test
    void subprotocolsAndExtensionsThatWereNotOfferedAreNotAccepted() throws IOException {
        HandshakeException subprotocol = refusal(socket -> {
            String answer = RawServer.switching(RawServer.readHead(socket));
            RawServer.write(socket, answer.replace("\r\n\r\n", "\r\nsec-websocket-protocol: chat\r\n\r\n"));
        });
        assertThat(subprotocol.getMessage()).endsWith("chooses a subprotocol that was not offered");
        HandshakeException extension = refusal(socket -> {
            String answer = RawServer.switching(RawServer.readHead(socket));
            RawServer.write(
                    socket, answer.replace("\r\n\r\n", "\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n"));
        });
        assertThat(extension.getMessage()).endsWith("switches on an extension that was not offered");
    }

    @Test
    void bytesThatAreNotHttpHintAtTls() throws IOException {
        HandshakeException refusal = refusal(answering("\u0015\u0003\u0003\0\u0002\u0002\u0016 not http\r\n\r\n"));
        assertThat(refusal.getMessage())
                .endsWith("the answer is not HTTP; does the port expect wss:// instead of ws://?");
    }

    @Test
    void aServerThatHangsUpIsNamed() throws IOException {
        HandshakeException refusal = refusal(socket -> {
            RawServer.readHead(socket);
            socket.close();
        });
        assertThat(refusal.getMessage()).contains("the connection was dropped before the upgrade was answered");
    }

    @Test
    void tlsToAPlainPortIsNamed() throws IOException {
        try (RawServer server = new RawServer(socket -> RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            HandshakeException refusal = failure(handshake("wss://localhost:" + server.port()));
            assertThat(refusal.getMessage())
                    .endsWith("the port does not speak TLS; use ws:// instead of wss://, or another port");
        }
    }

    @Test
    void nobodyListeningIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HandshakeException refusal = failure(handshake("ws://127.0.0.1:" + port));
        assertThat(refusal.getMessage())
                .isEqualTo("Cannot connect to ws://127.0.0.1:" + port
                        + "/v1/realtime: connection refused; is the server, or the proxy, running at that port?");
        assertThat(refusal.status()).isZero();
    }

    @Test
    void anUnknownHostIsNamed() {
        NameLookup nothing = host -> {
            throw new UnknownHostException(host);
        };
        try (NettyTransport lost = new NettyTransport(Fixtures.PLAIN, 1, nothing)) {
            HandshakeException refusal =
                    checked(awaitFailure(lost.connect(handshake("wss://api.opnai.com"), receiver)));
            assertThat(refusal.getMessage())
                    .isEqualTo("Cannot connect to wss://api.opnai.com/v1/realtime: the host name api.opnai.com has no"
                            + " address; check its spelling and the network");
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws IOException {
        NameLookup two = host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress());
        try (RawServer server = new RawServer(answering("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"));
                NettyTransport both = new NettyTransport(Fixtures.PLAIN, 1, two)) {
            HandshakeException refusal =
                    checked(awaitFailure(both.connect(handshake("ws://two.example:" + server.port()), receiver)));
            assertThat(refusal.status()).isEqualTo(404);
        }
    }

    @Test
    void aServerThatNeverAnswersRunsIntoTheTimeout() throws IOException {
        try (RawServer silent = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
            HandshakeException plain = failure(handshake("ws://localhost:" + silent.port(), Duration.ofSeconds(1)));
            assertThat(plain.getMessage())
                    .endsWith("no connection within 1000 ms: the server had not answered the upgrade; does the port"
                            + " expect wss://?");
            HandshakeException secure = failure(handshake("wss://localhost:" + silent.port(), Duration.ofSeconds(1)));
            assertThat(secure.getMessage()).contains("the TLS handshake was not finished");
        }
    }

    @Test
    void aSlowLookupRunsIntoTheTimeout() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        NameLookup slow = host -> {
            over.join();
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (NettyTransport lost = new NettyTransport(Fixtures.PLAIN, 1, slow)) {
            HandshakeException refusal = checked(
                    awaitFailure(lost.connect(handshake("ws://slow.example", Duration.ofMillis(50)), receiver)));
            assertThat(refusal.getMessage())
                    .endsWith("no connection within 50 ms: the name slow.example was still being looked up");
            over.complete(null);
        }
    }

    @Test
    void aKeyWithALineBreakIsNamedByItsHeaderOnly() {
        Handshake handshake = new Handshake(
                URI.create("ws://localhost/"),
                List.of(new Handshake.Header("Authorization", "Bearer " + KEY + "\n")),
                List.of(),
                Fixtures.TIMEOUT);
        assertThat(failure(handshake).getMessage())
                .isEqualTo("header Authorization has the character 0x0a at index 31, which HTTP does not allow there;"
                        + " was a key read from a file together with its line break?");
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost/v1, 'the address must start with ws:// or wss://, but its scheme is \"https\"'",
        "wss:///v1, the wss address has no valid host name",
    })
    void anAddressThatIsNoWebSocketIsRejected(String uri, String message) {
        assertThat(failure(new Handshake(URI.create(uri), List.of(), List.of(), Fixtures.TIMEOUT)))
                .hasMessage(message);
    }

    @Test
    void aHeaderOfTheHandshakeItselfCannotBeGiven() {
        Handshake handshake = new Handshake(
                URI.create("ws://localhost/"),
                List.of(new Handshake.Header("Connection", "close")),
                List.of(),
                Fixtures.TIMEOUT);
        assertThat(failure(handshake)).hasMessage("header Connection is set by the transport itself");
    }

    @Test
    void aCancelledConnectHangsUp() throws IOException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (RawServer silent = new RawServer(socket -> {
            RawServer.readHead(socket);
            reached.complete(null);
            end.complete(socket.getInputStream().read());
        })) {
            CompletionStage<Connection> connecting =
                    transport.connect(handshake("ws://localhost:" + silent.port()), receiver);
            await(reached);
            connecting.toCompletableFuture().cancel(false);
            assertThat(await(end)).isEqualTo(-1);
        }
    }

    @Test
    void closingTheTransportFailsAConnectThatIsUnderWay() throws IOException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        try (RawServer silent = new RawServer(socket -> {
            RawServer.readHead(socket);
            reached.complete(null);
            socket.getInputStream().read();
        })) {
            CompletionStage<Connection> connecting =
                    transport.connect(handshake("ws://localhost:" + silent.port()), receiver);
            await(reached);
            transport.close();
            assertThat(checked(awaitFailure(connecting)).getMessage()).endsWith("the transport was closed");
        }
    }

    @Test
    void aFrameInTheSegmentOfThe101ComesAfterOnOpen() throws IOException {
        try (RawServer eager = new RawServer(socket -> {
            String head = RawServer.readHead(socket);
            RawServer.write(socket, RawServer.switching(head) + "\u0081\u0005hello\u0088\u0002\u0003\u00e8");
            drain(socket);
        })) {
            await(transport.connect(handshake("ws://localhost:" + eager.port()), receiver));
            receiver.expect("open", "hello", "end 1000 SERVER");
        }
    }

    private static void drain(Socket socket) throws IOException {
        socket.getInputStream().readAllBytes();
    }
}
