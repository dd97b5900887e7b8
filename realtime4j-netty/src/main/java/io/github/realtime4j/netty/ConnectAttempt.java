package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One way from an address to an open connection, or to a {@link HandshakeException}: look up, connect (each route in turn), proxy,
 * TLS, upgrade. All of it on one event loop, except looking up.
 */
final class ConnectAttempt {
    /** What the attempt was doing when time ran out or the network broke. */
    enum Phase {
        LOOKUP,
        CONNECT,
        PROXY,
        TLS,
        UPGRADE
    }

    private static final WriteBufferWaterMark SOCKET_MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final UpgradeRequest request;
    private final Receiver receiver;
    private final TransportOptions options;
    private final EventLoop eventLoop;
    private final Collection<Runnable> open;
    private final ConnectFailure failures;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private final Runnable close = this::closeWithTransport;
    private final long deadline;

    private final Deque<Route> routes = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Channel channel;
    private @Nullable Upgrade upgrade;
    private Phase phase = Phase.LOOKUP;

    ConnectAttempt(
            UpgradeRequest request,
            Receiver receiver,
            TransportOptions options,
            EventLoop eventLoop,
            Collection<Runnable> open) {
        this.request = request;
        this.receiver = receiver;
        this.options = options;
        this.eventLoop = eventLoop;
        this.open = open;
        failures = new ConnectFailure(request.target());
        deadline = System.nanoTime() + request.handshake().timeout().toNanos();
    }

    CompletableFuture<Connection> start(Executor lookups, NameLookup names) {
        open.add(close);
        timer = eventLoop.schedule(this::outOfTime, remainingNanos(), TimeUnit.NANOSECONDS);
        var unused = result.whenComplete((connection, failure) -> {
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
            List<Route> found = Route.find(request.target(), selector, names);
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
                        upgrade = Pipelines.client(opened, route, request, options, ConnectAttempt.this);
                    }
                });
        ChannelFuture connected = bootstrap.connect(destination(route));
        var unused = connected.addListener(done -> {
            if (done.isSuccess()) {
                return;
            }
            if (done.cause() instanceof java.net.SocketException && !routes.isEmpty()) {
                route.failed(request.target(), options.proxySelector(), done.cause());
                connectNext();
            } else {
                route.failed(request.target(), options.proxySelector(), done.cause());
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
        Target target = request.target();
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
        HandshakeException refusal = upgrade == null ? null : upgrade.refusalSoFar();
        result.completeExceptionally(
                refusal != null
                        ? refusal
                        : failures.timeout(phase, request.handshake().timeout()));
    }

    /** On the event loop, with the handshake done: from here on the connection has its own life. */
    @Nullable
    NettyConnection opened(Channel upgraded) {
        stopTimer();
        if (result.isDone()) {
            return null;
        }
        open.remove(close);
        NettyConnection connection = new NettyConnection(upgraded, receiver, options);
        Runnable closeConnection = () -> connection.abort("the transport was closed");
        open.add(closeConnection);
        var unused = upgraded.closeFuture().addListener(done -> open.remove(closeConnection));
        return connection;
    }

    void complete(NettyConnection connection) {
        if (!result.complete(connection)) {
            connection.abort();
        }
    }

    void closeWithTransport() {
        result.completeExceptionally(failures.transportClosed());
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
