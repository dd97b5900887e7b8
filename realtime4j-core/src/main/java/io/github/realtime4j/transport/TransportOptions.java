package io.github.realtime4j.transport;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What every transport lets its user choose.
 *
 * @param maxMessageBytes a longer incoming message ends the connection with 1009
 * @param maxQueuedBytes bound on outgoing bytes: a message that would exceed it is refused, unless the queue is empty
 * @param highWaterMark queued bytes at which {@link Connection#isWritable} turns false
 * @param lowWaterMark queued bytes at which it turns true again
 * @param pingInterval time between pings; zero for none
 * @param pongTimeout time after a ping without any sign of the peer that ends the connection with 1006
 * @param closeTimeout time that the peer has to answer a close frame
 * @param compression whether to offer {@code permessage-deflate}
 * @param proxySelector which proxy to use for an address; null for none. It is asked about {@code http://host:port} for
 *     {@code ws} and {@code https://host:port} for {@code wss}. HTTP proxies are asked with CONNECT, SOCKS proxies with
 *     version 5
 * @param proxyCredentials user and password for a proxy that wants them
 * @param sslContext trust and keys for {@code wss}; null for the JDK's
 */
public record TransportOptions(
        int maxMessageBytes,
        long maxQueuedBytes,
        int highWaterMark,
        int lowWaterMark,
        Duration pingInterval,
        Duration pongTimeout,
        Duration closeTimeout,
        boolean compression,
        @Nullable ProxySelector proxySelector,
        @Nullable ProxyCredentials proxyCredentials,
        @Nullable SSLContext sslContext) {

    public TransportOptions {
        if (maxMessageBytes <= 0 || maxQueuedBytes <= 0 || highWaterMark <= 0) {
            throw new IllegalArgumentException("maxMessageBytes, maxQueuedBytes and highWaterMark must be positive");
        }
        if (lowWaterMark < 0 || lowWaterMark >= highWaterMark) {
            throw new IllegalArgumentException("lowWaterMark must be at least 0 and below highWaterMark ("
                    + highWaterMark + "), but was " + lowWaterMark);
        }
        if (pingInterval.isNegative() || pongTimeout.isNegative() || closeTimeout.isNegative()) {
            throw new IllegalArgumentException("pingInterval, pongTimeout and closeTimeout must not be negative");
        }
    }

    /** 32 MiB messages, 16 MiB queue, marks at 1 MiB and 256 KiB, ping every 20 s with 10 s for the pong, compression off. */
    public static final TransportOptions DEFAULT = new TransportOptions(
            32 << 20,
            16 << 20,
            1 << 20,
            256 << 10,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            false,
            ProxySelector.getDefault(),
            null,
            null);

    public TransportOptions maxMessageBytes(int bytes) {
        return with(draft -> draft.maxMessageBytes = bytes);
    }

    public TransportOptions maxQueuedBytes(long bytes) {
        return with(draft -> draft.maxQueuedBytes = bytes);
    }

    public TransportOptions waterMarks(int low, int high) {
        return with(draft -> {
            draft.lowWaterMark = low;
            draft.highWaterMark = high;
        });
    }

    /** How often to ping, and how long to wait for a sign of the peer after it. */
    public TransportOptions pings(Duration interval, Duration timeout) {
        return with(draft -> {
            draft.pingInterval = interval;
            draft.pongTimeout = timeout;
        });
    }

    public TransportOptions closeTimeout(Duration timeout) {
        return with(draft -> draft.closeTimeout = timeout);
    }

    public TransportOptions compression(boolean offered) {
        return with(draft -> draft.compression = offered);
    }

    public TransportOptions proxySelector(@Nullable ProxySelector selector) {
        return with(draft -> draft.proxySelector = selector);
    }

    public TransportOptions proxyCredentials(String user, String password) {
        return with(draft -> draft.proxyCredentials = new ProxyCredentials(user, password));
    }

    public TransportOptions sslContext(@Nullable SSLContext context) {
        return with(draft -> draft.sslContext = context);
    }

    private TransportOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options on their way to becoming others. */
    private static final class Draft {
        private int maxMessageBytes;
        private long maxQueuedBytes;
        private int highWaterMark;
        private int lowWaterMark;
        private Duration pingInterval;
        private Duration pongTimeout;
        private Duration closeTimeout;
        private boolean compression;
        private @Nullable ProxySelector proxySelector;
        private @Nullable ProxyCredentials proxyCredentials;
        private @Nullable SSLContext sslContext;

        Draft(TransportOptions from) {
            maxMessageBytes = from.maxMessageBytes;
            maxQueuedBytes = from.maxQueuedBytes;
            highWaterMark = from.highWaterMark;
            lowWaterMark = from.lowWaterMark;
            pingInterval = from.pingInterval;
            pongTimeout = from.pongTimeout;
            closeTimeout = from.closeTimeout;
            compression = from.compression;
            proxySelector = from.proxySelector;
            proxyCredentials = from.proxyCredentials;
            sslContext = from.sslContext;
        }

        TransportOptions options() {
            return new TransportOptions(
                    maxMessageBytes,
                    maxQueuedBytes,
                    highWaterMark,
                    lowWaterMark,
                    pingInterval,
                    pongTimeout,
                    closeTimeout,
                    compression,
                    proxySelector,
                    proxyCredentials,
                    sslContext);
        }
    }

    /** User and password for a proxy. */
    public record ProxyCredentials(String user, String password) {
        @Override
        public String toString() {
            return "ProxyCredentials[…]";
        }
    }
}
