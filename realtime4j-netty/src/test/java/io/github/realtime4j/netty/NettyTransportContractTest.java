package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.net.URI;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

final class NettyTransportContractTest {
    /** Over a loopback socket. */
    abstract static class OverSocket extends TransportContract {
        private @Nullable WebSocketTestServer server;

        abstract @Nullable SSLContext serverTls();

        @Override
        Transport start(Acceptor acceptor, TransportOptions options) {
            server = new WebSocketTestServer(acceptor, options, serverTls());
            NettyTransport transport = new NettyTransport(options);
            WebSocketTestServer started = server;
            closeLater(() -> {
                transport.close();
                started.close();
            });
            return transport;
        }

        @Override
        URI uri() {
            return Objects.requireNonNull(server).uri();
        }
    }

    @Nested
    final class Plain extends OverSocket {
        @Override
        @Nullable
        SSLContext serverTls() {
            return null;
        }
    }

    @Nested
    final class Compressed extends OverSocket {
        @Override
        TransportOptions options() {
            return Fixtures.PLAIN.compression(true);
        }

        @Override
        @Nullable
        SSLContext serverTls() {
            return null;
        }
    }

    @Nested
    final class Secure extends OverSocket {
        @Override
        TransportOptions options() {
            return Fixtures.PLAIN.sslContext(TestCertificate.LOCALHOST.trusting());
        }

        @Override
        SSLContext serverTls() {
            return TestCertificate.LOCALHOST.serving();
        }
    }
}
