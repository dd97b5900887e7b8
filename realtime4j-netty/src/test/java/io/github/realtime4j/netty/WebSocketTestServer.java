package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The far end of a socket: hands connections and requests to an {@link Acceptor}, with the same frame handling as the client. */
final class WebSocketTestServer implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Acceptor acceptor;
    private final TransportOptions options;
    private final @Nullable SSLContext tls;
    private final Channel listener;

    WebSocketTestServer(Acceptor acceptor, TransportOptions options, @Nullable SSLContext tls) {
        this.acceptor = acceptor;
        this.options = options;
        this.tls = tls;
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialise(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    URI uri() {
        return URI.create((tls == null ? "ws" : "wss") + "://localhost:" + port() + "/v1/realtime?model=m");
    }

    private void initialise(Channel channel) {
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            channel.pipeline().addLast(new SslHandler(engine));
        }
        channel.pipeline().addLast(Pipelines.HTTP, new HttpServerCodec());
        channel.pipeline().addLast("aggregator", new HttpObjectAggregator(1 << 16));
        if (options.compression()) {
            channel.pipeline()
                    .addLast(new WebSocketServerExtensionHandler(
                            new PerMessageDeflateServerExtensionHandshaker(Pipelines.inflateLimit(options))));
        }
        channel.pipeline().addLast("upgrade", new ServerUpgrade());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class ServerUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (!request.headers().contains("upgrade")) {
                answer(ctx, request);
                return;
            }
            try {
                Handshake handshake = handshake(request);
                accepted(ctx, request, handshake, acceptor.accept(handshake));
            } catch (HandshakeException refusal) {
                String body = refusal.body() == null ? "" : refusal.body();
                FullHttpResponse answer = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(refusal.status()),
                        Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
                HttpUtil.setContentLength(answer, answer.content().readableBytes());
                if (refusal.requestId() != null) {
                    answer.headers().set("x-request-id", refusal.requestId());
                }
                var unused = ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
            }
        }

        private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
            URI uri = URI.create((tls == null ? "http" : "https") + "://localhost:" + port() + request.uri());
            ByteBuffer body = ByteBuffer.wrap(ByteBufUtil.getBytes(request.content()));
            HttpRequest asked = new HttpRequest(
                    request.method().name(), uri, handshake(request).headers(), body, Fixtures.TIMEOUT);
            // An acceptor may block; this is the thread of all connections.
            new Thread(() -> write(ctx, answer(asked)), "rest").start();
        }

        private HttpResponse answer(HttpRequest request) {
            try {
                return acceptor.answer(request);
            } catch (RuntimeException failure) {
                return new HttpResponse(500, "Internal Server Error", List.of(), ByteBuffer.allocate(0));
            }
        }

        private void write(ChannelHandlerContext ctx, HttpResponse answer) {
            FullHttpResponse http = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    new HttpResponseStatus(answer.status(), answer.reason()),
                    Unpooled.wrappedBuffer(answer.body()));
            answer.headers().forEach(header -> http.headers().add(header.name(), header.value()));
            if (answer.status() != 204) {
                HttpUtil.setContentLength(http, http.content().readableBytes());
            }
            var unused = ctx.writeAndFlush(http).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable clientWentAway) {
            var unused = ctx.close();
        }

        private Handshake handshake(FullHttpRequest request) {
            List<Handshake.Header> headers = new ArrayList<>();
            request.headers().forEach(header -> headers.add(new Handshake.Header(header.getKey(), header.getValue())));
            String offered = request.headers().get("Sec-WebSocket-Protocol", "");
            List<String> subprotocols = offered.isEmpty() ? List.of() : List.of(offered.split(",\\s*", -1));
            return new Handshake(URI.create(request.uri()), headers, subprotocols, Fixtures.TIMEOUT);
        }

        private void accepted(
                ChannelHandlerContext ctx, FullHttpRequest request, Handshake handshake, Receiver receiver) {
            FullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
            answer.headers().set("Upgrade", "websocket");
            answer.headers().set("Connection", "Upgrade");
            answer.headers()
                    .set("Sec-WebSocket-Accept", accept(request.headers().get("Sec-WebSocket-Key")));
            if (!handshake.subprotocols().isEmpty()) {
                answer.headers()
                        .set("Sec-WebSocket-Protocol", handshake.subprotocols().get(0));
            }
            NettyConnection connection = new NettyConnection(ctx.channel(), receiver, options);
            ctx.pipeline().addAfter("upgrade", "receiver", connection.inbound());
            var unused = ctx.writeAndFlush(answer).addListener(done -> {
                ctx.pipeline().remove("aggregator");
                ctx.pipeline().remove(this);
                Pipelines.addFrameCodecs(ctx.pipeline(), Pipelines.HTTP, options, false);
                ctx.pipeline().remove(Pipelines.HTTP);
                connection.opened();
            });
        }
    }
}
