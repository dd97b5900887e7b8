package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP on one connection: one request at a time, so that answers keep the order of pipelined requests. Nothing more is read
 * while one is being answered. An upgrade replaces this handler by {@link SocketFrames}.
 */
final class HttpExchange extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpFront front;
    private @Nullable ScheduledFuture<?> deadline;

    HttpExchange(HttpFront front) {
        this.front = front;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        expectRequest(ctx);
    }

    private void expectRequest(ChannelHandlerContext ctx) {
        long millis = front.options().requestTimeout().toMillis();
        deadline = ctx.executor().schedule(() -> HangUp.now(ctx.channel()), millis, TimeUnit.MILLISECONDS);
    }

    private void requestArrived() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        requestArrived();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        requestArrived();
        ctx.channel().config().setAutoRead(false);
        try {
            if (message instanceof FullHttpRequest request) {
                take(ctx, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuseMalformed(ctx, request.decoderResult().cause());
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        URI target;
        try {
            target = new URI(request.uri());
        } catch (URISyntaxException e) {
            answer(ctx, HttpAnswers.refusal(400, "Expected a URL in the request line."), keepAlive);
            return;
        }
        String path = target.getPath() == null ? "" : ApiPath.canonical(target.getPath());
        if (request.method().name().equals("OPTIONS")) {
            answer(ctx, preflight(request), keepAlive);
        } else if (ApiPath.isSocket(path) && (isGet(request) || WebSocketUpgrade.isAskedFor(request.headers()))) {
            upgrade(ctx, request, keepAlive);
        } else if (path.equals("/healthz") && isGet(request)) {
            answer(ctx, RestAnswer.json(200, JsonObject.of("status", "ok", "sessions", front.sessions())), keepAlive);
        } else {
            handle(ctx, request, path, target.getRawQuery(), keepAlive);
        }
    }

    private static boolean isGet(FullHttpRequest request) {
        return request.method().name().equals("GET");
    }

    private static void refuseMalformed(ChannelHandlerContext ctx, Throwable cause) {
        RestAnswer answer;
        if (cause instanceof TooLongHttpLineException) {
            answer = HttpAnswers.refusal(414, "The request line is too long.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            answer = HttpAnswers.refusal(431, "The request headers are too long.");
        } else {
            answer = HttpAnswers.refusal(400, "Expected an HTTP/1.1 request.");
        }
        HangUp.after(ctx.writeAndFlush(HttpAnswers.last(answer)), PATIENCE);
    }

    private static RestAnswer preflight(FullHttpRequest request) {
        String asked = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        return new RestAnswer(
                204,
                List.of(
                        new Header("access-control-allow-methods", "GET, POST, OPTIONS"),
                        new Header(
                                "access-control-allow-headers", asked == null ? "authorization, content-type" : asked),
                        new Header("access-control-max-age", "600")),
                "");
    }

    private void handle(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            String path,
            @Nullable String query,
            boolean keepAlive) {
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        RestRequest rest = new RestRequest(
                request.method().name(),
                path,
                query == null ? "" : query,
                headers,
                request.content().toString(StandardCharsets.UTF_8));
        try {
            front.workers().execute(() -> {
                RestAnswer answer = front.rest().handle(rest);
                ctx.executor().execute(() -> answer(ctx, answer, keepAlive));
            });
        } catch (RejectedExecutionException stopping) {
            HangUp.now(ctx.channel());
        }
    }

    private void answer(ChannelHandlerContext ctx, RestAnswer answer, boolean keepAlive) {
        if (!keepAlive) {
            HangUp.after(ctx.writeAndFlush(HttpAnswers.last(answer)), PATIENCE);
            return;
        }
        FullHttpResponse response = HttpAnswers.of(answer);
        response.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
        ctx.writeAndFlush(response).addListener(written -> {
            if (written.isSuccess() && !ctx.isRemoved()) {
                expectRequest(ctx);
                ctx.channel().config().setAutoRead(true);
            } else {
                HangUp.now(ctx.channel());
            }
        });
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, boolean keepAlive) {
        RestAnswer refusal = WebSocketUpgrade.refusal(request);
        if (refusal != null) {
            answer(ctx, refusal, keepAlive);
            return;
        }
        Handshake handshake;
        Receiver receiver;
        try {
            handshake = WebSocketUpgrade.handshake(
                    request,
                    ctx.pipeline().get(SslHandler.class) != null,
                    front.authority(),
                    front.options().requestTimeout());
            receiver = front.acceptor().accept(handshake);
        } catch (HandshakeException e) {
            answer(ctx, refused(e), keepAlive);
            return;
        } catch (URISyntaxException e) {
            answer(ctx, HttpAnswers.refusal(400, "Expected a URL in the request line."), keepAlive);
            return;
        } catch (RuntimeException | Error e) {
            log.warn("A handshake failed", e);
            answer(ctx, HttpAnswers.serverError(), keepAlive);
            return;
        }
        switchProtocols(ctx, request, handshake, receiver);
    }

    private static RestAnswer refused(HandshakeException refusal) {
        int status = refusal.status() < 400 || refusal.status() > 599 ? 500 : refusal.status();
        String body = refusal.body() == null ? "" : refusal.body();
        List<Header> headers = new ArrayList<>();
        if (!body.isEmpty()) {
            headers.add(new Header("content-type", body.startsWith("{") ? "application/json" : "text/plain"));
        }
        if (refusal.requestId() != null) {
            headers.add(new Header("x-request-id", refusal.requestId()));
        }
        return new RestAnswer(status, headers, body);
    }

    private void switchProtocols(
            ChannelHandlerContext ctx, FullHttpRequest request, Handshake handshake, Receiver receiver) {
        Channel channel = ctx.channel();
        var wire = front.options().wire();
        boolean compressed = ctx.pipeline().get(WebSocketServerExtensionHandler.class) != null
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        SocketConnection connection = new SocketConnection(channel, receiver, wire);
        ctx.pipeline().remove(this);
        ChannelFuture switched = WebSocketUpgrade.handshaker(handshake, compressed, wire.maxMessageBytes())
                .handshake(channel, request, WebSocketUpgrade.answerHeaders(handshake), channel.newPromise());
        switched.addListener(done -> {
            if (!done.isSuccess()) {
                HangUp.now(channel);
                return;
            }
            channel.pipeline().addLast(new SocketFrames(connection, wire.maxMessageBytes()));
            front.opened(connection, channel);
            connection.open();
            channel.config().setAutoRead(true);
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("An HTTP connection failed", cause);
        HangUp.now(ctx.channel());
    }
}
