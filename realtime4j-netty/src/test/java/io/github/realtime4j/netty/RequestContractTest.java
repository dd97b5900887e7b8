package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

final class RequestContractTest {
    /** Over a loopback socket. */
    abstract static class OverSocket extends RequestContract {
        private @Nullable WebSocketTestServer server;

        abstract @Nullable SSLContext serverTls();

        @Override
        Transport start(Acceptor acceptor, TransportOptions options) {
            WebSocketTestServer started = new WebSocketTestServer(acceptor, options, serverTls());
            server = started;
            NettyTransport transport = new NettyTransport(options);
            closeLater(() -> {
                transport.close();
                started.close();
            });
            return transport;
        }

        @Override
        String origin() {
            int port = Objects.requireNonNull(server).port();
            return (serverTls() == null ? "http" : "https") + "://localhost:" + port;
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

    @Nested
    final class InMemory extends RequestContract {
        private final ExecutorService threads = Executors.newFixedThreadPool(3);

        @Override
        Transport start(Acceptor acceptor, TransportOptions options) {
            closeLater(threads::shutdownNow);
            return new InMemoryTransport(acceptor, threads, options);
        }

        @Override
        String origin() {
            return "http://memory";
        }
    }

    @Nested
    final class DirectlyInMemory extends RequestContract {
        @Override
        Transport start(Acceptor acceptor, TransportOptions options) {
            return new InMemoryTransport(acceptor, Runnable::run, options);
        }

        @Override
        String origin() {
            return "http://memory";
        }

        @Override
        boolean asksOnTheSameThread() {
            return true;
        }
    }
}
