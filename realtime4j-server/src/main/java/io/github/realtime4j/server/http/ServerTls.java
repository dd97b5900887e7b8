package io.github.realtime4j.server.http;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** The certificate that the server shows, and its key. */
public final class ServerTls {
    private static final ApplicationProtocolConfig HTTP_1_1 = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_1_1);

    private final SslContext context;
    private final X509Certificate certificate;

    private ServerTls(SslContextBuilder builder, X509Certificate certificate) throws SSLException {
        context = builder.sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(HTTP_1_1)
                .build();
        this.certificate = certificate;
    }

    /**
     * A fresh certificate for {@code localhost}, 127.0.0.1 and ::1, valid for 397 days. Clients must be told to trust it:
     * give them {@link #certificatePem}.
     *
     * @param others further names or addresses that clients will use
     */
    public static ServerTls selfSigned(String... others) {
        List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        for (String other : others) {
            if (!hosts.contains(other)) {
                hosts.add(other);
            }
        }
        SelfSigned made = SelfSigned.of(hosts, Instant.now());
        try {
            return new ServerTls(SslContextBuilder.forServer(made.key(), made.certificate()), made.certificate());
        } catch (SSLException e) {
            throw new IllegalStateException("This JDK cannot serve TLS with a P-256 certificate", e);
        }
    }

    /**
     * A given certificate.
     *
     * @param certificates PEM: the server's own first, then those that lead to a root
     * @param key PEM: an unencrypted PKCS#8 key ({@code BEGIN PRIVATE KEY})
     * @throws IOException if a file cannot be read or is not what it should be
     */
    public static ServerTls of(Path certificates, Path key) throws IOException {
        X509Certificate certificate = first(certificates);
        try {
            return new ServerTls(SslContextBuilder.forServer(certificates.toFile(), key.toFile()), certificate);
        } catch (IllegalArgumentException | SSLException e) {
            throw new IOException(
                    "Expected the unencrypted PKCS#8 key (BEGIN PRIVATE KEY) of " + certificates + " in " + key
                            + "; openssl pkcs8 -topk8 -nocrypt converts other forms",
                    e);
        }
    }

    private static X509Certificate first(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new IOException("Expected a PEM certificate (BEGIN CERTIFICATE) in " + pem, e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 of the certificate, as browsers and {@code openssl x509 -fingerprint -sha256} print it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256 and can encode the certificates it parsed", e);
        }
    }

    /** The certificate in the form that other programs import. */
    public String certificatePem() {
        try {
            String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can encode the certificates it parsed", e);
        }
    }

    SslContext context() {
        return context;
    }

    @Override
    public String toString() {
        return "ServerTls[" + certificate.getSubjectX500Principal() + ", " + fingerprint() + "]";
    }
}
