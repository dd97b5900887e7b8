package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTlsTest {
    private final RecordingAcceptor acceptor = new RecordingAcceptor().echoing();

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        trusted.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpClient client(ServerTls tls) throws GeneralSecurityException, IOException {
        return HttpClient.newBuilder()
                .sslContext(trusting(tls.certificatePem()))
                .build();
    }

    private HttpFront start(ServerTls tls) throws IOException {
        return HttpFront.start(FrontOptions.DEFAULT.securedBy(tls), acceptor, new RestRoutes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aClientThatTrustsTheGeneratedCertificateConnectsByNameAndAddress(String host) throws Exception {
        ServerTls tls = ServerTls.selfSigned();
        try (HttpFront front = start(tls)) {
            CompletableFuture<String> echo = new CompletableFuture<>();
            URI uri = URI.create("wss://" + host + ":" + front.address().getPort() + "/v1/realtime");
            WebSocket socket = client(tls)
                    .newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                            echo.complete(data.toString());
                            return null;
                        }
                    })
                    .get(20, TimeUnit.SECONDS);
            socket.sendText("over tls", true);

            assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("over tls");
            assertThat(acceptor.take().handshake.uri()).isEqualTo(uri);
            socket.abort();
        }
    }

    @Test
    void plainHttpWorksOverTlsAndUrlsSaySo() throws Exception {
        ServerTls tls = ServerTls.selfSigned();
        try (HttpFront front = start(tls)) {
            URI health = URI.create(front.baseUri().toString().replace("/v1", "/healthz"));
            HttpResponse<String> answer =
                    client(tls).send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("{\"status\":\"ok\",\"sessions\":0}");
            assertThat(front.socketUri().toString()).startsWith("wss://127.0.0.1:");
            assertThat(front.baseUri().toString()).startsWith("https://127.0.0.1:");
        }
    }

    @Test
    void alpnChoosesHttp11() throws Exception {
        ServerTls tls = ServerTls.selfSigned();
        try (HttpFront front = start(tls);
                SSLSocket socket = (SSLSocket) trusting(tls.certificatePem())
                        .getSocketFactory()
                        .createSocket("127.0.0.1", front.address().getPort())) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();

            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void aClientThatDoesNotTrustItIsNotHarmedAndNeitherIsTheServer() throws Exception {
        ServerTls tls = ServerTls.selfSigned();
        try (HttpFront front = start(tls)) {
            URI health = URI.create(front.baseUri().toString().replace("/v1", "/healthz"));
            HttpRequest request = HttpRequest.newBuilder(health).build();
            assertThatThrownBy(() -> client(ServerTls.selfSigned()).send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
            try (RawClient plain = new RawClient(front)) {
                plain.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
                plain.rest();
            }

            assertThat(client(tls)
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theGeneratedCertificateNamesWhereItIsUsed() throws Exception {
        X509Certificate certificate =
                ServerTls.selfSigned("realtime.test", "192.0.2.7").certificate();

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"),
                        List.of(2, "realtime.test"),
                        List.of(7, "192.0.2.7"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter().toInstant()).isBefore(Instant.now().plusSeconds(398L * 24 * 3600));
    }

    @Test
    void aGivenCertificateAndKeyAreServed(@TempDir Path directory) throws Exception {
        SelfSigned made = SelfSigned.of(List.of("localhost", "127.0.0.1"), Instant.now());
        Path certificates = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        Files.writeString(certificates, pem("CERTIFICATE", made.certificate().getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", made.key().getEncoded()));
        ServerTls tls = ServerTls.of(certificates, key);
        try (HttpFront front = start(tls)) {
            URI health = URI.create(front.baseUri().toString().replace("/v1", "/healthz"));

            assertThat(tls.certificate()).isEqualTo(made.certificate());
            assertThat(tls.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(client(tls)
                            .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreNamed(@TempDir Path directory) throws Exception {
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
        Path certificate = directory.resolve("cert.pem");
        Files.writeString(certificate, ServerTls.selfSigned().certificatePem());

        assertThatThrownBy(() -> ServerTls.of(nonsense, nonsense))
                .isInstanceOf(IOException.class)
                .hasMessage("Expected a PEM certificate (BEGIN CERTIFICATE) in " + nonsense);
        assertThatThrownBy(() -> ServerTls.of(certificate, nonsense))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BEGIN PRIVATE KEY")
                .hasMessageContaining(nonsense.toString());
        assertThatThrownBy(() -> ServerTls.of(directory.resolve("none.pem"), nonsense))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
    }
}
