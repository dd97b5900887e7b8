package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.RequestFailedException;
import io.github.realtime4j.netty.NettyTransport;
import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.Voice;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's REST against the whole server: at a port, with TLS, and in memory. */
@Timeout(60)
final class RestClientTest {
    private static final String KEY = "sk-right-0123456789abcdef";
    private static final TransportOptions DIRECT = TransportOptions.DEFAULT.proxySelector(null);

    abstract static class Promises {
        private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
        private RealtimeServer server;

        RealtimeServer.Builder server(RealtimeServer.Builder builder) {
            return builder;
        }

        abstract Transport transport(RealtimeServer server) throws Exception;

        Endpoint endpoint(RealtimeServer server) {
            return Endpoint.custom(server.uri());
        }

        @BeforeEach
        void setUp() {
            server = server(RealtimeServer.builder().keys(KEY)).start();
            toClose.push(server);
        }

        @AfterEach
        void tearDown() throws Exception {
            for (AutoCloseable resource : toClose) {
                resource.close();
            }
        }

        private RealtimeClient client(String key) throws Exception {
            RealtimeClient client = RealtimeClient.builder()
                    .endpoint(endpoint(server))
                    .apiKey(key)
                    .transport(transport(server))
                    .build();
            toClose.push(client);
            return client;
        }

        private static RequestFailedException failure(Future<?> future) {
            return (RequestFailedException)
                    catchThrowableOfType(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS))
                            .getCause();
        }

        @Test
        void aClientSecretOpensTheSessionItWasMadeFor() throws Exception {
            SessionConfig session = SessionConfig.builder()
                    .model(Model.GPT_REALTIME_MINI)
                    .instructions("Speak like a pirate.")
                    .voice(Voice.CEDAR)
                    .build();
            ClientSecret secret = client(KEY)
                    .clientSecrets()
                    .create(session, Duration.ofMinutes(5))
                    .get(10, TimeUnit.SECONDS);
            assertThat(secret.value()).startsWith("ek_");
            assertThat(Instant.ofEpochSecond(secret.expiresAt())).isAfter(Instant.now());
            assertThat(secret.session().model()).isEqualTo(Model.GPT_REALTIME_MINI);
            try (RealtimeConnection connection = client(secret.value()).open()) {
                SessionEvent.Created created = (SessionEvent.Created) connection.receive();
                assertThat(created.session().instructions()).isEqualTo("Speak like a pirate.");
                assertThat(created.session().audio().output().voice()).isEqualTo(Voice.CEDAR);
            }
        }

        @Test
        void aTranslationSecretIsForATranslation() throws Exception {
            SessionConfig spanish = SessionConfig.translation().language("es").build();
            ClientSecret secret = client(KEY)
                    .clientSecrets()
                    .createTranslation(new ClientSecret.Request(null, spanish))
                    .get(10, TimeUnit.SECONDS);
            assertThat(secret.session().audio().output().language()).isEqualTo("es");
        }

        @Test
        void aWrongKeyIsRefusedWithoutBeingTold() throws Exception {
            String wrong = "sk-wrong-0123456789abcdef";
            RequestFailedException refusal =
                    failure(client(wrong).clientSecrets().create(new ClientSecret.Request(null, null)));
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_API_KEY);
            assertThat(refusal.requestId()).startsWith("req_");
            assertThat(refusal.getMessage())
                    .contains("/v1/realtime/client_secrets failed: the server answered 401 Unauthorized; the key is"
                            + " missing, wrong or expired. It says: Incorrect API key provided: ")
                    .doesNotContain(wrong);
        }

        @Test
        void aSessionThatTheServerDoesNotTakeIsExplained() throws Exception {
            SessionConfig session =
                    SessionConfig.builder().extra("modalities", "x").build();
            RequestFailedException refusal =
                    failure(client(KEY).clientSecrets().create(session, Duration.ofMinutes(1)));
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.error().code()).isEqualTo(ErrorCode.UNKNOWN_PARAMETER);
            assertThat(refusal.error().param()).isEqualTo("session.modalities");
            assertThat(refusal.getMessage())
                    .contains(
                            "it does not take the request as it is. It says: Unknown parameter: 'session.modalities'.");
        }
    }

    @Nested
    final class AtAPort extends Promises {
        @Override
        Transport transport(RealtimeServer server) {
            return new NettyTransport(DIRECT, 1);
        }

        @Override
        Endpoint endpoint(RealtimeServer server) {
            return Endpoint.custom(server.baseUrl());
        }
    }

    @Nested
    final class WithTls extends Promises {
        @Override
        RealtimeServer.Builder server(RealtimeServer.Builder builder) {
            return builder.tls();
        }

        @Override
        Transport transport(RealtimeServer server) throws Exception {
            byte[] pem = server.certificatePem().getBytes(StandardCharsets.US_ASCII);
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return new NettyTransport(DIRECT.sslContext(tls), 1);
        }
    }

    @Nested
    final class InMemory extends Promises {
        @Override
        RealtimeServer.Builder server(RealtimeServer.Builder builder) {
            return builder.inMemory();
        }

        @Override
        Transport transport(RealtimeServer server) {
            return new InMemoryTransport(server.acceptor());
        }

        @Override
        Endpoint endpoint(RealtimeServer server) {
            return Endpoint.custom(URI.create("ws://memory/v1/realtime"));
        }
    }
}
