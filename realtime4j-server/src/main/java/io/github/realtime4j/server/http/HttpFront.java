package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.ConnectionEnd;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's one port: WebSocket for sessions, HTTP for the rest.
 *
 * <p>Threads, all daemons: at most two for I/O, which also call the {@link Acceptor} and receivers, and at most two for
 * {@link RestHandler}, which end when idle.
 */
public final class HttpFront implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 16 << 10;
    private static final int MAX_HEADERS = 64 << 10;
    private static final int CHUNK = 8 << 10;
    private static final int REST_THREADS = 2;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    private final FrontOptions options;
    private final Acceptor acceptor;
    private final RestHandler rest;
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final Channel listener;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final Map<Channel, SocketConnection> sessions = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private HttpFront(FrontOptions options, Acceptor acceptor, RestHandler rest) throws IOException {
        this.options = options;
        this.acceptor = acceptor;
        this.rest = new ServiceAnswers(rest);
        int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
        loops = new MultiThreadIoEventLoopGroup(threads, daemons("realtime4j-server-io-"), NioIoHandler.newFactory());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                REST_THREADS,
                REST_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons("realtime4j-server-rest-"));
        pool.allowCoreThreadTimeOut(true);
        workers = pool;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 128 << 10))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted(channel);
                    }
                })
                .bind(options.host(), options.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "Cannot listen on " + options.host() + ":" + options.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener = bound.channel();
    }

    /**
     * Listens. The acceptor is called on I/O threads and must not block.
     *
     * @param rest answers what is neither a session nor {@code /healthz}
     * @throws IOException if the address is taken or unknown
     */
    public static HttpFront start(FrontOptions options, Acceptor acceptor, RestHandler rest) throws IOException {
        return new HttpFront(options, acceptor, rest);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void accepted(SocketChannel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(closed -> {
            channels.remove(channel);
            sessions.remove(channel);
        });
        if (stopping) {
            HangUp.now(channel);
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (options.tls() != null) {
            pipeline.addLast(options.tls().context().newHandler(channel.alloc()));
        }
        pipeline.addLast(new HttpServerCodec(MAX_REQUEST_LINE, MAX_HEADERS, CHUNK));
        pipeline.addLast(new BoundedBody(options.maxBodyBytes()));
        pipeline.addLast(new FlowControlHandler());
        if (options.wire().compression()) {
            pipeline.addLast(new WebSocketServerExtensionHandler(new PerMessageDeflateServerExtensionHandshaker(
                    options.wire().maxMessageBytes())));
        }
        pipeline.addLast(new HttpExchange(this));
    }

    void opened(SocketConnection connection, Channel channel) {
        sessions.put(channel, connection);
        if (!channel.isOpen()) {
            sessions.remove(channel);
        } else if (stopping) {
            sayGoodbye(connection);
        }
    }

    FrontOptions options() {
        return options;
    }

    Acceptor acceptor() {
        return acceptor;
    }

    RestHandler rest() {
        return rest;
    }

    ExecutorService workers() {
        return workers;
    }

    /** Where it listens; the port is the real one. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Host and port as a URL names them; a server on all addresses is called localhost. */
    String authority() {
        InetSocketAddress address = address();
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : options.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** {@code ws[s]://host:port/v1/realtime}. */
    public URI socketUri() {
        return URI.create((options.tls() == null ? "ws://" : "wss://") + authority() + ApiPath.REALTIME);
    }

    /** {@code http[s]://host:port/v1}. */
    public URI baseUri() {
        return URI.create((options.tls() == null ? "http://" : "https://") + authority() + "/v1");
    }

    /** Sessions that are open now. */
    public int sessions() {
        return sessions.size();
    }

    /** Takes no new connections; those that are open go on. */
    public void stopAccepting() {
        stopping = true;
        HangUp.now(listener);
    }

    /**
     * Stops: closes every session with 1001 unless its owner has closed it already, waits for the clients' close frames,
     * then drops what is left. Not to be called from a receiver.
     */
    public void close(Duration patience) {
        stopAccepting();
        sessions.values().forEach(HttpFront::sayGoodbye);
        long deadline = System.nanoTime() + patience.toNanos();
        for (Channel channel : channels) {
            if (sessions.containsKey(channel)) {
                channel.closeFuture()
                        .awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        }
        sessions.values().forEach(SocketConnection::abort);
        workers.shutdown();
        channels.forEach(HangUp::now);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static void sayGoodbye(SocketConnection connection) {
        connection.close(ConnectionEnd.GOING_AWAY, "server stopped");
    }

    /** Stops, with five seconds for clients to say goodbye. */
    @Override
    public void close() {
        close(DEFAULT_PATIENCE);
    }
}
