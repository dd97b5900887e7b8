package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.Fixtures.KEY;
import static io.github.realtime4j.netty.Fixtures.utf8;
import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests byte for byte, and answers as servers and proxies may write them. */
@Timeout(60)
final class RestExchangeTest {
    private static final String BODY = "{\"text\":\"über\"}";

    private final NettyTransport transport = new NettyTransport(Fixtures.PLAIN, 1);

    @AfterEach
    void tearDown() {
        transport.close();
    }

    private static HttpRequest post(String base, String body) {
        return post(base, body, Fixtures.TIMEOUT);
    }

    private static HttpRequest post(String base, String body, Duration timeout) {
        List<Header> headers =
                List.of(new Header("Authorization", "Bearer " + KEY), new Header("Content-Type", "application/json"));
        return new HttpRequest(
                "POST", URI.create(base + "/v1/realtime/client_secrets?a=b%20c"), headers, utf8(body), timeout);
    }

    private HttpResponse answer(String wire) throws IOException {
        try (RawServer server = answering(wire)) {
            return await(transport.request(post("http://localhost:" + server.port(), BODY)));
        }
    }

    private NoAnswerException noAnswer(String wire) throws IOException {
        try (RawServer server = answering(wire)) {
            String base = "http://localhost:" + server.port();
            NoAnswerException failure = (NoAnswerException) awaitFailure(transport.request(post(base, BODY)));
            assertThat(failure.getMessage())
                    .startsWith("No answer to POST " + base + "/v1/realtime/client_secrets: ")
                    .doesNotContain(KEY);
            return failure;
        }
    }

    /** Writes this and hangs up. */
    private static RawServer answering(String wire) {
        return new RawServer(socket -> {
            readRequest(socket);
            RawServer.write(socket, wire);
            socket.close();
        });
    }

    private static String readRequest(Socket socket) throws IOException {
        String head = RawServer.readHead(socket);
        int length = Integer.parseInt(RawServer.header(head, "content-length"));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private String sent(HttpRequest request, RawServer server, CompletableFuture<String> seen) {
        try (server) {
            assertThat(await(transport.request(request)).status()).isEqualTo(204);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return await(seen);
    }

    @Test
    void aRequestIsTheseBytesAndNoOthers() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawServer server = new RawServer(socket -> {
            seen.complete(readRequest(socket));
            RawServer.write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
        });
        int port = server.port();
        assertThat(sent(post("http://localhost:" + port, BODY), server, seen))
                .isEqualTo("POST /v1/realtime/client_secrets?a=b%20c HTTP/1.1\r\n"
                        + "host: localhost:" + port + "\r\n"
                        + "connection: close\r\n"
                        + "Authorization: Bearer " + KEY + "\r\n"
                        + "Content-Type: application/json\r\n"
                        + "content-length: 16\r\n"
                        + "\r\n" + BODY);
    }

    @Test
    void aPostWithoutABodySaysSo() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawServer server = new RawServer(socket -> {
            seen.complete(readRequest(socket));
            RawServer.write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
        });
        assertThat(sent(post("http://localhost:" + server.port(), ""), server, seen))
                .endsWith("\r\ncontent-length: 0\r\n\r\n");
    }

    @Test
    void aChunkedBodyIsPutTogether() throws IOException {
        HttpResponse answer = answer("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                + "3;ext=1\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nx-trailer: y\r\n\r\n");
        assertThat(answer.text()).isEqualTo("abc0123456789abcdef");
    }

    @Test
    void aBodyMayEndWithTheConnection() throws IOException {
        HttpResponse answer = answer("HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nuntil the end");
        assertThat(answer.text()).isEqualTo("until the end");
    }

    @Test
    void anAnswerWithALengthDoesNotWaitForTheEndOfTheConnection() throws IOException {
        CompletableFuture<Integer> clientHungUp = new CompletableFuture<>();
        try (RawServer server = new RawServer(socket -> {
            readRequest(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok");
            clientHungUp.complete(socket.getInputStream().read());
        })) {
            HttpRequest request = post("http://localhost:" + server.port(), BODY);
            assertThat(await(transport.request(request)).text()).isEqualTo("ok");
            assertThat(await(clientHungUp)).isEqualTo(-1);
        }
    }

    @Test
    void interimAnswersAreSkipped() throws IOException {
        HttpResponse answer = answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
                + "HTTP/1.1 201 Created\r\ncontent-length: 4\r\n\r\nbody");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("link")).isNull();
        assertThat(answer.text()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~content-length: 100~~half|the connection was dropped before the answer was whole",
                "HTTP/1.1 200 OK~transfer-encoding: chunked~~3~abc~|the connection was dropped before the answer was whole",
                "HTTP/1.1 200 OK~transfer-encoding: chunked~~zz~|there was an answer, but its body is malformed",
                "HTTP/1.1 101 Switching~upgrade: x~~|there was an answer, but it switches to another protocol, which nobody asked for",
                "what?~~|there was an answer, but it is not HTTP; does the port expect https:// instead of http://?",
                "''|the connection was dropped before the answer was whole",
            })
    void whatIsNoWholeAnswerIsNone(String wire, String reason) throws IOException {
        assertThat(noAnswer(wire.replace("~", "\r\n")).getMessage()).contains(": " + reason);
    }

    @Test
    void aServerThatNeverAnswersRunsIntoTheTimeout() throws IOException {
        try (RawServer silent = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
            String base = "localhost:" + silent.port();
            assertThat(awaitFailure(transport.request(post("http://" + base, BODY, Duration.ofMillis(300)))))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("No answer to POST http://" + base + "/v1/realtime/client_secrets: nothing whole within"
                            + " 300 ms: the server had not answered the request; does the port expect https://?");
            assertThat(awaitFailure(transport.request(post("https://" + base, BODY, Duration.ofMillis(300)))))
                    .isInstanceOf(HandshakeException.class)
                    .hasMessage(
                            "Cannot connect to https://" + base + "/v1/realtime/client_secrets: no connection within"
                                    + " 300 ms: the TLS handshake was not finished; does the port expect http:// instead of"
                                    + " https://?");
        }
    }

    @Test
    void nobodyListeningMeansThatNothingWasSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(awaitFailure(transport.request(post("http://127.0.0.1:" + port, BODY))))
                .isInstanceOf(HandshakeException.class)
                .hasMessage("Cannot connect to http://127.0.0.1:" + port + "/v1/realtime/client_secrets: connection"
                        + " refused; is the server, or the proxy, running at that port?");
    }

    @Test
    void anUntrustedCertificateMeansThatNothingWasSent() {
        try (WebSocketTestServer server = new WebSocketTestServer(
                handshake -> new ReceiverRecorder(), Fixtures.PLAIN, TestCertificate.LOCALHOST.serving())) {
            assertThat(awaitFailure(transport.request(post("https://localhost:" + server.port(), BODY))))
                    .isInstanceOf(HandshakeException.class)
                    .hasMessageContaining("the server's certificate is not trusted: ");
        }
    }

    @Test
    void aRequestGoesThroughTheProxyWithTls() throws IOException {
        CompletableFuture<String> proxyHead = new CompletableFuture<>();
        try (WebSocketTestServer inner = new WebSocketTestServer(
                        handshake -> new ReceiverRecorder(), Fixtures.PLAIN, TestCertificate.LOCALHOST.serving());
                RawServer proxy = new RawServer(socket -> {
                    proxyHead.complete(RawServer.readHead(socket));
                    Socket target = new Socket(InetAddress.getLoopbackAddress(), inner.port());
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
                    new RawServer(unused -> {}).join(socket, target);
                });
                NettyTransport proxied = through(proxy)) {
            HttpRequest request = post("https://localhost:" + inner.port(), BODY);
            assertThat(await(proxied.request(request)).status()).isEqualTo(404);
            assertThat(await(proxyHead))
                    .startsWith("CONNECT localhost:" + inner.port() + " HTTP/1.1\r\n")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void aProxyThatRefusesMeansThatNothingWasSent() throws IOException {
        try (RawServer proxy = new RawServer(socket -> {
                    RawServer.readHead(socket);
                    RawServer.write(socket, "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
                });
                NettyTransport proxied = through(proxy)) {
            HandshakeException refusal =
                    (HandshakeException) awaitFailure(proxied.request(post("https://inner.example", BODY)));
            assertThat(refusal.status()).isEqualTo(407);
            assertThat(refusal.getMessage()).endsWith("it wants user and password: set the proxy credentials");
        }
    }

    private static NettyTransport through(RawServer proxy) {
        ProxySelector selector = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
        return new NettyTransport(Fixtures.proxied(selector, null, TestCertificate.LOCALHOST.trusting()), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://localhost/v1, 'the address must start with http:// or https://, but its scheme is \"ws\"'",
        "https:///v1, the https address has no valid host name",
    })
    void anAddressThatIsNotHttpIsRejected(String uri, String message) {
        HttpRequest request = new HttpRequest("POST", URI.create(uri), List.of(), utf8(""), Fixtures.TIMEOUT);
        assertThat(awaitFailure(transport.request(request)))
                .isInstanceOf(HandshakeException.class)
                .hasMessage(message);
    }

    @Test
    void whatWouldBreakTheRequestIsRejected() {
        URI uri = URI.create("http://localhost/");
        HttpRequest length =
                new HttpRequest("POST", uri, List.of(new Header("Content-Length", "7")), utf8(""), Fixtures.TIMEOUT);
        assertThat(awaitFailure(transport.request(length)))
                .hasMessage("header Content-Length is set by the transport itself");
        HttpRequest method = new HttpRequest("POST /x", uri, List.of(), utf8(""), Fixtures.TIMEOUT);
        assertThat(awaitFailure(transport.request(method)))
                .hasMessage("the method is empty or has a character that HTTP does not allow");
    }
}
