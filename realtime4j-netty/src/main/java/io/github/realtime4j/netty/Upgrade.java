package io.github.realtime4j.netty;

import io.github.realtime4j.netty.ConnectAttempt.Phase;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the opening handshake and judges the answer; replaces itself and the HTTP codec on a 101. */
final class Upgrade extends ChannelInboundHandlerAdapter {
    /** How long a refusal's body may take once its head is here. */
    private static final long BODY_SECONDS = 1;

    private final UpgradeRequest request;
    private final TransportOptions options;
    private final ConnectAttempt attempt;
    private @Nullable HttpResponse answer;
    private @Nullable UpgradeRefusal refusal;

    Upgrade(UpgradeRequest request, TransportOptions options, ConnectAttempt attempt) {
        this.request = request;
        this.options = options;
        this.attempt = attempt;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(io.netty.handler.proxy.ProxyHandler.class) != null) {
            attempt.entered(Phase.PROXY);
        } else {
            tunnelOpened(ctx);
        }
        var unused = ctx.writeAndFlush(request.toHttp());
    }

    private void tunnelOpened(ChannelHandlerContext ctx) {
        attempt.entered(ctx.pipeline().get(SslHandler.class) != null ? Phase.TLS : Phase.UPGRADE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProxyConnectionEvent) {
            tunnelOpened(ctx);
        } else if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                attempt.entered(Phase.UPGRADE);
            } else {
                attempt.failed(tls.cause());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                answered(ctx, response);
            }
            if (message instanceof HttpContent content) {
                contentRead(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            attempt.failed(refused("the answer is not HTTP; "
                    + (request.target().secure()
                            ? "is that a WebSocket server?"
                            : "does the port expect wss:// instead of ws://?")));
            return;
        }
        answer = response;
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            UpgradeRefusal refused = new UpgradeRefusal(request, response);
            refusal = refused;
            var unused = ctx.executor()
                    .schedule(() -> attempt.failed(refused.toException()), BODY_SECONDS, TimeUnit.SECONDS);
            return;
        }
        String objection = request.objection(response, options.compression());
        if (objection != null) {
            attempt.failed(refused(objection));
        }
    }

    private HandshakeException refused(String why) {
        int status = answer == null ? 0 : answer.status().code();
        return new HandshakeException("Cannot connect to " + request.target() + ": " + why, status, null, null, null);
    }

    private void contentRead(ChannelHandlerContext ctx, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (refusal != null) {
            boolean full = refusal.add(content.content());
            if (full || last) {
                attempt.failed(refusal.toException());
            }
        } else if (last && answer != null) {
            switchProtocols(ctx);
        }
    }

    /** The receiver hears of the connection before the frame decoder exists, so before any message. */
    private void switchProtocols(ChannelHandlerContext ctx) {
        NettyConnection connection = attempt.opened(ctx.channel());
        if (connection == null) {
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        HttpClientCodec codec = (HttpClientCodec) Objects.requireNonNull(pipeline.get(Pipelines.HTTP));
        codec.removeOutboundHandler();
        pipeline.replace(this, "receiver", connection.inbound());
        Pipelines.addFrameCodecs(pipeline, Pipelines.HTTP, options, true);
        connection.opened();
        attempt.complete(connection);
        ctx.channel().eventLoop().execute(() -> pipeline.remove(codec));
    }

    @Nullable
    HandshakeException refusalSoFar() {
        return refusal == null ? null : refusal.toException();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        HandshakeException refused = refusalSoFar();
        attempt.failed(refused != null ? refused : new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        attempt.failed(cause);
    }
}
