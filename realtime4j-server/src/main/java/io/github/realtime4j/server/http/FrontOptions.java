package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.TransportOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen.
 *
 * @param host name or address to bind to
 * @param port 0 for a free one
 * @param wire limits and times of WebSocket connections; the proxy, TLS and pong fields are not used
 * @param requestTimeout time for a whole HTTP request to arrive, from the connection's start or the previous answer
 * @param maxBodyBytes a longer HTTP body is answered with 413
 * @param tls null for plain {@code ws} and {@code http}
 */
public record FrontOptions(
        String host,
        int port,
        TransportOptions wire,
        Duration requestTimeout,
        int maxBodyBytes,
        @Nullable ServerTls tls) {

    /**
     * As the service behaves: 24 MiB messages (15 MiB of audio in base64, and some), 16 MiB queue, a ping every 20.26 s,
     * compression when offered. On 127.0.0.1, any free port, without TLS.
     */
    public static final FrontOptions DEFAULT = new FrontOptions(
            "127.0.0.1",
            0,
            TransportOptions.DEFAULT
                    .maxMessageBytes(24 << 20)
                    .pings(Duration.ofMillis(20_260), Duration.ZERO)
                    .compression(true)
                    .proxySelector(null),
            Duration.ofSeconds(30),
            1 << 20,
            null);

    public FrontOptions listeningOn(String host, int port) {
        return new FrontOptions(host, port, wire, requestTimeout, maxBodyBytes, tls);
    }

    public FrontOptions securedBy(@Nullable ServerTls tls) {
        return new FrontOptions(host, port, wire, requestTimeout, maxBodyBytes, tls);
    }

    public FrontOptions over(TransportOptions wire) {
        return new FrontOptions(host, port, wire, requestTimeout, maxBodyBytes, tls);
    }

    public FrontOptions withRequestTimeout(Duration requestTimeout) {
        return new FrontOptions(host, port, wire, requestTimeout, maxBodyBytes, tls);
    }
}
