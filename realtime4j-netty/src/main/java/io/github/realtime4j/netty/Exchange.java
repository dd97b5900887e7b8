package io.github.realtime4j.netty;

import io.github.realtime4j.netty.ConnectAttempt.Phase;
import io.github.realtime4j.transport.HandshakeException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One HTTP request on a fresh channel, behind its proxy and TLS, and the answer to it. On the event loop only. */
abstract sealed class Exchange extends ChannelInboundHandlerAdapter permits Upgrade, RestExchange {
    private final ConnectAttempt<?> attempt;

    Exchange(ConnectAttempt<?> attempt) {
        this.attempt = attempt;
    }

    /** Goes behind proxy, TLS and HTTP codec. */
    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(this);
    }

    abstract FullHttpRequest request();

    abstract void answered(ChannelHandlerContext ctx, HttpResponse head);

    abstract void contentRead(ChannelHandlerContext ctx, HttpContent content);

    /** What is known should the rest of the answer not come. */
    @Nullable
    HandshakeException refusalSoFar() {
        return null;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(ProxyHandler.class) != null) {
            attempt.entered(Phase.PROXY);
        } else {
            tunnelOpened(ctx);
        }
        var unused = ctx.writeAndFlush(request());
    }

    private void tunnelOpened(ChannelHandlerContext ctx) {
        attempt.entered(ctx.pipeline().get(SslHandler.class) != null ? Phase.TLS : Phase.ANSWER);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProxyConnectionEvent) {
            tunnelOpened(ctx);
        } else if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                attempt.entered(Phase.ANSWER);
            } else {
                attempt.failed(tls.cause());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse head) {
                answered(ctx, head);
            }
            if (message instanceof HttpContent content) {
                contentRead(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
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
