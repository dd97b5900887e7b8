package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.TransportOptions;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TlsTest {
    private static final TestCertificate OTHER = TestCertificate.forName("other.example");

    private final ReceiverRecorder client = new ReceiverRecorder();

    private interface Check {
        void on(CompletionStage<Connection> connecting);
    }

    private void connect(TestCertificate served, @Nullable SSLContext trusting, String host, Check check) {
        TransportOptions options = Fixtures.PLAIN.sslContext(trusting);
        NameLookup loopback = name -> List.of(InetAddress.getLoopbackAddress());
        try (WebSocketTestServer server =
                        new WebSocketTestServer(handshake -> new ReceiverRecorder(), Fixtures.PLAIN, served.serving());
                NettyTransport transport = new NettyTransport(options, 1, loopback)) {
            URI uri = URI.create("wss://" + host + ":" + server.port() + "/v1/realtime");
            check.on(transport.connect(Fixtures.handshake(uri), client));
        }
    }

    @Test
    void aTrustedCertificateForTheNameIsAccepted() {
        connect(OTHER, OTHER.trusting(), "other.example", connecting -> {
            assertThat(await(connecting)).isNotNull();
            client.expect("open");
        });
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        connect(OTHER, OTHER.trusting(), "localhost", connecting -> {
            assertThat(awaitFailure(connecting))
                    .hasMessageContaining("the server's certificate is not trusted: ")
                    .hasMessageContaining("localhost");
            client.assertExhausted();
        });
    }

    @Test
    void aCertificateThatTheJdkDoesNotKnowIsRefused() {
        connect(TestCertificate.LOCALHOST, null, "localhost", connecting -> {
            assertThat(awaitFailure(connecting))
                    .hasMessageContaining("the server's certificate is not trusted: ")
                    .hasMessageContaining("for a server of your own give an SSLContext that trusts it");
            client.assertExhausted();
        });
    }
}
