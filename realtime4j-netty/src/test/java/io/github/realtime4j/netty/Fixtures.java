package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.TransportOptions;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Handshakes, options and texts for the tests. */
final class Fixtures {
    static final String KEY = "sk-test-0123456789abcdef";
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** No pings, no proxy. */
    static final TransportOptions PLAIN = TransportOptions.DEFAULT
            .maxMessageBytes(1 << 20)
            .maxQueuedBytes(1 << 20)
            .waterMarks(64 << 10, 256 << 10)
            .pings(Duration.ZERO, Duration.ofSeconds(10))
            .proxySelector(null);

    private Fixtures() {}

    static TransportOptions proxied(
            ProxySelector selector, TransportOptions.@Nullable ProxyCredentials credentials, @Nullable SSLContext tls) {
        TransportOptions proxied = PLAIN.proxySelector(selector).sslContext(tls);
        return credentials == null ? proxied : proxied.proxyCredentials(credentials.user(), credentials.password());
    }

    static Handshake handshake(URI uri) {
        return handshake(uri, TIMEOUT);
    }

    static Handshake handshake(URI uri, Duration timeout) {
        return new Handshake(uri, List.of(new Handshake.Header("Authorization", "Bearer " + KEY)), List.of(), timeout);
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static CompletionStage<Void> send(Connection connection, String text) {
        return connection.send(utf8(text));
    }
}
