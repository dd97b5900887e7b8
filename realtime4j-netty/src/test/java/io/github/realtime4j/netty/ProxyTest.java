package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.Fixtures.send;
import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.TransportOptions.ProxyCredentials;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProxyTest {
    private static final ProxyCredentials ALICE = new ProxyCredentials("alice", "open-sesame-1234");

    /** A name that only the proxies know: it stands for the server under test. */
    private static final String INNER = "localhost";

    private final ReceiverRecorder client = new ReceiverRecorder();
    private final ReceiverRecorder server = new ReceiverRecorder();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<URI> askedAbout = new ArrayList<>();
    private final CompletableFuture<String> proxyHead = new CompletableFuture<>();

    @AfterEach
    void tearDown() throws Exception {
        for (AutoCloseable resource : toClose) {
            resource.close();
        }
    }

    private <T extends AutoCloseable> T closeLater(T resource) {
        toClose.add(0, resource);
        return resource;
    }

    private WebSocketTestServer startServer(TestCertificate... certificate) {
        return closeLater(new WebSocketTestServer(
                handshake -> server, Fixtures.PLAIN, certificate.length == 0 ? null : certificate[0].serving()));
    }

    private NettyTransport through(
            Proxy.Type kind, RawServer proxy, @Nullable ProxyCredentials credentials, TestCertificate... trusted) {
        ProxySelector selector = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                askedAbout.add(uri);
                return List.of(new Proxy(kind, InetSocketAddress.createUnresolved("proxy.example", proxy.port())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        TransportOptions options =
                Fixtures.proxied(selector, credentials, trusted.length == 0 ? null : trusted[0].trusting());
        NameLookup proxyOnly = host -> {
            assertThat(host).isEqualTo("proxy.example");
            return List.of(InetAddress.getLoopbackAddress());
        };
        return closeLater(new NettyTransport(options, 1, proxyOnly));
    }

    private void speakBothWays(Connection connection) {
        await(send(connection, "up"));
        server.expect("open", "up");
        send(server.connection(), "down");
        client.expect("open", "down");
    }

    private RawServer.Script connectProxy(int serverPort) {
        return socket -> {
            proxyHead.complete(RawServer.readHead(socket));
            Socket inner = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            RawServer.write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
            new RawServer(unused -> {}).join(socket, inner);
        };
    }

    @Test
    void anHttpProxyIsAskedForATunnelWithBasicCredentials() {
        WebSocketTestServer inner = startServer();
        RawServer proxy = closeLater(new RawServer(connectProxy(inner.port())));
        NettyTransport transport = through(Proxy.Type.HTTP, proxy, ALICE);
        speakBothWays(await(transport.connect(Fixtures.handshake(inner.uri()), client)));
        String head = await(proxyHead);
        assertThat(head).startsWith("CONNECT " + INNER + ":" + inner.port() + " HTTP/1.1\r\n");
        assertThat(RawServer.header(head, "proxy-authorization")).isEqualTo("Basic YWxpY2U6b3Blbi1zZXNhbWUtMTIzNA==");
        assertThat(RawServer.header(head, "authorization")).isEmpty();
        assertThat(askedAbout).containsExactly(URI.create("http://localhost:" + inner.port() + "/"));
    }

    @Test
    void tlsGoesThroughTheTunnelToTheServerItself() {
        WebSocketTestServer inner = startServer(TestCertificate.LOCALHOST);
        RawServer proxy = closeLater(new RawServer(connectProxy(inner.port())));
        NettyTransport transport = through(Proxy.Type.HTTP, proxy, null, TestCertificate.LOCALHOST);
        speakBothWays(await(transport.connect(Fixtures.handshake(inner.uri()), client)));
        assertThat(askedAbout).containsExactly(URI.create("https://localhost:" + inner.port() + "/"));
        assertThat(RawServer.header(await(proxyHead), "proxy-authorization")).isEmpty();
    }

    @Test
    void aProxyThatWantsCredentialsIsNamed() {
        RawServer proxy = closeLater(new RawServer(socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 9\r\n\r\n");
            socket.getInputStream().read();
        }));
        HandshakeException without = failure(through(Proxy.Type.HTTP, proxy, null));
        assertThat(without.status()).isEqualTo(407);
        assertThat(without.getMessage())
                .matches("the proxy .*:" + proxy.port() + " refused a tunnel: 407 Proxy Authentication Required; it"
                        + " wants user and password: set the proxy credentials");
        HandshakeException with = failure(through(Proxy.Type.HTTP, proxy, ALICE));
        assertThat(with.getMessage())
                .endsWith("it does not accept the user and password given as Basic authentication");
    }

    @Test
    void aProxyThatIsNoHttpProxyIsNamed() {
        RawServer proxy = closeLater(new RawServer(socket -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "what?\r\n\r\n");
            socket.getInputStream().read();
        }));
        assertThat(failure(through(Proxy.Type.HTTP, proxy, null)).getMessage()).endsWith("did not answer in HTTP");
    }

    @Test
    void aProxyThatHangsUpIsNamed() {
        RawServer proxy = closeLater(new RawServer(socket -> {
            RawServer.readHead(socket);
            socket.close();
        }));
        assertThat(failure(through(Proxy.Type.HTTP, proxy, ALICE)).getMessage())
                .contains("the proxy did not open a tunnel (http, basic, ");
    }

    @Test
    void aHalfOpenProxyRunsIntoTheTimeout() {
        RawServer proxy =
                closeLater(new RawServer(socket -> socket.getInputStream().readAllBytes()));
        NettyTransport transport = through(Proxy.Type.HTTP, proxy, null);
        URI uri = URI.create("wss://inner.example/v1/realtime");
        assertThat(awaitFailure(transport.connect(Fixtures.handshake(uri, Duration.ofMillis(100)), client)))
                .hasMessage("Cannot connect to wss://inner.example/v1/realtime: no connection within 100 ms: the proxy"
                        + " had not opened a tunnel");
        client.assertExhausted();
    }

    @Test
    void aProxyThatCutsAFrameEndsTheConnectionWith1006() {
        WebSocketTestServer inner = startServer();
        RawServer proxy = closeLater(new RawServer(socket -> {
            RawServer.readHead(socket);
            Socket target = new Socket(InetAddress.getLoopbackAddress(), inner.port());
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            Thread upstream = new Thread(() -> RawServer.copy(socket, target, Integer.MAX_VALUE, 8192));
            upstream.setDaemon(true);
            upstream.start();
            RawServer.copy(target, socket, 1000, 8192);
        }));
        NettyTransport transport = through(Proxy.Type.HTTP, proxy, null);
        await(transport.connect(Fixtures.handshake(inner.uri()), client));
        send(server.connection(), "x".repeat(10_000));
        client.expect("open", "end 1006 SERVER");
    }

    @Test
    void aProxyThatHandsOnSingleBytesDeliversWholeMessages() {
        WebSocketTestServer inner = startServer();
        RawServer proxy = closeLater(new RawServer(socket -> {
            RawServer.readHead(socket);
            Socket target = new Socket(InetAddress.getLoopbackAddress(), inner.port());
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            Thread upstream = new Thread(() -> RawServer.copy(socket, target, Integer.MAX_VALUE, 1));
            upstream.setDaemon(true);
            upstream.start();
            RawServer.copy(target, socket, Integer.MAX_VALUE, 1);
        }));
        NettyTransport transport = through(Proxy.Type.HTTP, proxy, null);
        Connection connection = await(transport.connect(Fixtures.handshake(inner.uri()), client));
        send(connection, "ü".repeat(500));
        server.expect("open", "ü".repeat(500));
        server.connection().close(4000, "enough");
        client.expect("open", "end 4000 SERVER");
    }

    @Test
    void aSocksProxyGetsTheNameAndTheCredentials() {
        WebSocketTestServer inner = startServer();
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawServer proxy = closeLater(new RawServer(socket -> socks(socket, inner.port(), seen, true)));
        NettyTransport transport = through(Proxy.Type.SOCKS, proxy, ALICE);
        speakBothWays(await(transport.connect(Fixtures.handshake(inner.uri()), client)));
        assertThat(await(seen)).isEqualTo("alice open-sesame-1234 localhost " + inner.port());
    }

    @Test
    void aSocksProxyThatRefusesTheCredentialsIsNamedWithoutThem() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawServer proxy = closeLater(new RawServer(socket -> socks(socket, 1, seen, false)));
        HandshakeException refusal = failure(through(Proxy.Type.SOCKS, proxy, ALICE));
        assertThat(refusal.getMessage())
                .contains("the proxy did not open a tunnel (socks5, ")
                .contains("authStatus: ");
    }

    private HandshakeException failure(NettyTransport transport) {
        URI uri = URI.create("wss://inner.example/v1/realtime");
        HandshakeException failure =
                (HandshakeException) awaitFailure(transport.connect(Fixtures.handshake(uri), client));
        assertThat(failure.toString() + failure.getCause())
                .doesNotContain("open-sesame")
                .doesNotContain("YWxpY2U6");
        client.assertExhausted();
        return failure;
    }

    /** RFC 1928 and RFC 1929, for a client that offers credentials. */
    private void socks(Socket socket, int port, CompletableFuture<String> seen, boolean letIn) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        socket.getOutputStream().write(new byte[] {5, 2});
        in.readByte();
        String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        socket.getOutputStream().write(new byte[] {1, (byte) (letIn ? 0 : 1)});
        if (!letIn) {
            return;
        }
        assertThat(in.readNBytes(4)).containsExactly(5, 1, 0, 3);
        String host = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        seen.complete(user + " " + password + " " + host + " " + in.readUnsignedShort());
        Socket inner = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
        new RawServer(unused -> {}).join(socket, inner);
    }
}
