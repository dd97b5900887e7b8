package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way from an address to what an {@link Exchange} makes of the answer there, or to an exception that says why not: look up, connect
 * (each route in turn), proxy, TLS, request. All of it on one event loop, except looking up.
 *
 * @param <T> an open connection, or an HTTP answer
 */
final class ConnectAttempt<T> {
    /** What the attempt was doing when time ran out or the network broke. */
    enum Phase {
        LOOKUP,
        CONNECT,
        PROXY,
        TLS,
        ANSWER
    }

    private static final WriteBufferWaterMark SOCKET_MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final Target target;
    private final Duration timeout;
    private final TransportOptions options;
    private final EventLoop eventLoop;
    private final Collection<Runnable> open;
    private final ConnectFailure failures;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Runnable close = this::closeWithTransport;
    private final long deadline;
    private final Function<ConnectAttempt<T>, Exchange> exchanges;

    private final Deque<Route> routes = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private volatile Phase phase = Phase.LOOKUP;

    /** @param exchanges what speaks with the host, one for each route that is tried */
    ConnectAttempt(
            Target target,
            Duration timeout,
            ConnectFailure failures,
            TransportOptions options,
            EventLoop eventLoop,
            Collection<Runnable> open,
            Function<ConnectAttempt<T>, Exchange> exchanges) {
        this.target = target;
        this.timeout = timeout;
        this.failures = failures;
        this.options = options;
        this.eventLoop = eventLoop;
        this.open = open;
        this.exchanges = exchanges;
        deadline = System.nanoTime() + timeout.toNanos();
    }

    ConnectFailure failures() {
        return failures;
    }

    CompletableFuture<T> start(Executor lookups, NameLookup names) {
        open.add(close);
        timer = eventLoop.schedule(this::outOfTime, remainingNanos(), TimeUnit.NANOSECONDS);
        var unused = result.whenComplete((value, failure) -> {
            if (failure != null) {
                eventLoop.execute(this::abandon);
            }
        });
        lookups.execute(() -> lookUp(names));
        return result;
    }

    private long remainingNanos() {
        return Math.max(1, deadline - System.nanoTime());
    }

    private void lookUp(NameLookup names) {
        ProxySelector selector = options.proxySelector();
        try {
            List<Route> found = Route.find(target, selector, names);
            eventLoop.execute(() -> {
                routes.addAll(found);
                connectNext();
            });
        } catch (UnknownHostException unknown) {
            result.completeExceptionally(failures.unknownHost(unknown));
        } catch (RuntimeException failure) {
            result.completeExceptionally(failures.explain(Phase.LOOKUP, failure));
        }
    }

    private void connectNext() {
        if (result.isDone()) {
            return;
        }
        Route route = routes.remove();
        phase = Phase.CONNECT;
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SOCKET_MARKS)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        channel = opened;
                        Exchange next = exchanges.apply(ConnectAttempt.this);
                        exchange = next;
                        Pipelines.client(opened, route, target, options, next);
                    }
                });
        ChannelFuture connected = bootstrap.connect(destination(route));
        var unused = connected.addListener(done -> {
            if (done.isSuccess()) {
                return;
            }
            if (done.cause() instanceof java.net.SocketException && !routes.isEmpty()) {
                route.failed(target, options.proxySelector(), done.cause());
                connectNext();
            } else {
                route.failed(target, options.proxySelector(), done.cause());
                failed(done.cause());
            }
        });
    }

    /** Shares what is left of the time among the routes that are left. */
    private int connectMillis() {
        long left = TimeUnit.NANOSECONDS.toMillis(remainingNanos());
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left / (routes.size() + 1)));
    }

    private SocketAddress destination(Route route) {
        return route.kind() == Proxy.Type.DIRECT
                ? route.address()
                : InetSocketAddress.createUnresolved(target.host(), target.port());
    }

    void entered(Phase next) {
        phase = next;
    }

    void failed(Throwable cause) {
        result.completeExceptionally(
                cause instanceof HandshakeException refusal ? refusal : failures.explain(phase, cause));
    }

    private void outOfTime() {
        HandshakeException refusal = exchange == null ? null : exchange.refusalSoFar();
        result.completeExceptionally(refusal != null ? refusal : failures.timeout(phase, timeout));
    }

    /**
     * On the event loop, with the handshake done: from here on the channel has its own life.
     *
     * @param abort ends it with the transport
     * @return false if that comes too late
     */
    boolean handOver(Channel opened, Runnable abort) {
        stopTimer();
        if (result.isDone()) {
            return false;
        }
        open.remove(close);
        open.add(abort);
        var unused = opened.closeFuture().addListener(done -> open.remove(abort));
        return true;
    }

    boolean complete(T value) {
        return result.complete(value);
    }

    /** On the event loop, with nothing left to do. */
    void completeAndClose(T value) {
        abandon();
        result.complete(value);
    }

    void closeWithTransport() {
        result.completeExceptionally(failures.transportClosed(phase));
    }

    private void abandon() {
        stopTimer();
        open.remove(close);
        if (channel != null) {
            var unused = channel.close();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
