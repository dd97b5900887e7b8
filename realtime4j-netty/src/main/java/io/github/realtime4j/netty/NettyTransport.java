package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Opens WebSocket connections (RFC 6455) and sends HTTP requests that share a few daemon threads, {@code realtime4j-io-1} and so on.
 *
 * <p>A receiver is always called on the one I/O thread of its connection. Names are looked up and proxies chosen on threads
 * of their own, which end when idle; the addresses of a name are tried in turn.
 */
public final class NettyTransport implements Transport {
    private static final AtomicInteger IO_COUNT = new AtomicInteger();
    private static final AtomicInteger LOOKUP_COUNT = new AtomicInteger();
    private static final int LOOKUP_THREADS = 4;

    private final TransportOptions options;
    private final EventLoopGroup group;
    private final ThreadPoolExecutor lookups;
    private final NameLookup names;
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** With {@link TransportOptions#DEFAULT}. */
    public NettyTransport() {
        this(TransportOptions.DEFAULT);
    }

    /** With two I/O threads, or one on a machine with one processor. */
    public NettyTransport(TransportOptions options) {
        this(options, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /** @param ioThreads how many threads serve all connections of this transport */
    public NettyTransport(TransportOptions options, int ioThreads) {
        this(options, ioThreads, NameLookup.SYSTEM);
    }

    NettyTransport(TransportOptions options, int ioThreads, NameLookup names) {
        this.options = options;
        this.names = names;
        ThreadFactory ioThreadFactory =
                task -> daemon(new FastThreadLocalThread(task, "realtime4j-io-" + IO_COUNT.incrementAndGet()));
        group = new MultiThreadIoEventLoopGroup(ioThreads, ioThreadFactory, NioIoHandler.newFactory());
        ThreadFactory lookupThreads =
                task -> daemon(new Thread(task, "realtime4j-lookup-" + LOOKUP_COUNT.incrementAndGet()));
        lookups = new ThreadPoolExecutor(
                LOOKUP_THREADS, LOOKUP_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), lookupThreads);
        lookups.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return start(() -> {
            UpgradeRequest request = UpgradeRequest.of(handshake);
            return new ConnectAttempt<Connection>(
                    request.target(),
                    handshake.timeout(),
                    ConnectFailure.of(request),
                    options,
                    group.next(),
                    open,
                    attempt -> new Upgrade(request, receiver, options, attempt));
        });
    }

    @Override
    public CompletionStage<HttpResponse> request(HttpRequest request) {
        return start(() -> {
            RestRequest rest = RestRequest.of(request);
            return new ConnectAttempt<HttpResponse>(
                    rest.target(),
                    request.timeout(),
                    ConnectFailure.of(rest),
                    options,
                    group.next(),
                    open,
                    attempt -> new RestExchange(rest, options, attempt));
        });
    }

    /** @param attempts throws {@link IllegalArgumentException} for what cannot be sent */
    private <T> CompletionStage<T> start(Supplier<ConnectAttempt<T>> attempts) {
        if (closed) {
            return failed("the transport is closed");
        }
        ConnectAttempt<T> attempt;
        try {
            attempt = attempts.get();
        } catch (IllegalArgumentException unusable) {
            return failed(String.valueOf(unusable.getMessage()));
        }
        try {
            CompletionStage<T> result = attempt.start(lookups, names);
            if (closed) {
                attempt.closeWithTransport();
            }
            return result;
        } catch (RejectedExecutionException closedMeanwhile) {
            return failed("the transport is closed");
        }
    }

    private static <T> CompletionStage<T> failed(String message) {
        return CompletableFuture.failedFuture(new HandshakeException(message, 0, null, null, null));
    }

    /** Returns at once; receivers and requests hear of the end of their connections a moment later. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Runnable::run);
        lookups.shutdownNow();
        var unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
}
