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

/** Handshakes, options and texts for the tests. */
final class Fixtures {
    static final String KEY = "sk-test-0123456789abcdef";
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** No pings, no proxy. */
    static final TransportOptions PLAIN = new TransportOptions(
            1 << 20,
            1 << 20,
            256 << 10,
            64 << 10,
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            false,
            null,
            null,
            null);

    private Fixtures() {}

    static TransportOptions closeTimeout(Duration closeTimeout) {
        return with(PLAIN.pingInterval(), PLAIN.pongTimeout(), closeTimeout);
    }

    static TransportOptions pings(Duration interval, Duration timeout) {
        return with(interval, timeout, PLAIN.closeTimeout());
    }

    private static TransportOptions with(Duration interval, Duration timeout, Duration closeTimeout) {
        return new TransportOptions(
                PLAIN.maxMessageBytes(),
                PLAIN.maxQueuedBytes(),
                PLAIN.highWaterMark(),
                PLAIN.lowWaterMark(),
                interval,
                timeout,
                closeTimeout,
                false,
                null,
                null,
                null);
    }

    static TransportOptions maxMessage(TransportOptions options, int bytes) {
        return new TransportOptions(
                bytes,
                options.maxQueuedBytes(),
                options.highWaterMark(),
                options.lowWaterMark(),
                options.pingInterval(),
                options.pongTimeout(),
                options.closeTimeout(),
                options.compression(),
                options.proxySelector(),
                options.proxyCredentials(),
                options.sslContext());
    }

    static TransportOptions over(
            TransportOptions options, boolean compression, @org.jspecify.annotations.Nullable SSLContext tls) {
        return new TransportOptions(
                options.maxMessageBytes(),
                options.maxQueuedBytes(),
                options.highWaterMark(),
                options.lowWaterMark(),
                options.pingInterval(),
                options.pongTimeout(),
                options.closeTimeout(),
                compression,
                options.proxySelector(),
                options.proxyCredentials(),
                tls);
    }

    static TransportOptions proxied(
            ProxySelector selector,
            TransportOptions.@org.jspecify.annotations.Nullable ProxyCredentials credentials,
            @org.jspecify.annotations.Nullable SSLContext tls) {
        return new TransportOptions(
                PLAIN.maxMessageBytes(),
                PLAIN.maxQueuedBytes(),
                PLAIN.highWaterMark(),
                PLAIN.lowWaterMark(),
                PLAIN.pingInterval(),
                PLAIN.pongTimeout(),
                PLAIN.closeTimeout(),
                false,
                selector,
                credentials,
                tls);
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
