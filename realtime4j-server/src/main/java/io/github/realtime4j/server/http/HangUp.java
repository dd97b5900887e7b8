package io.github.realtime4j.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ways to end a TCP connection. On its event loop. */
final class HangUp {
    private HangUp() {}

    /**
     * Ends this side once the last answer is written, and reads what the peer still sends until it ends too. Closing at
     * once would reset a connection with unread bytes, and the peer might lose the answer.
     */
    static void after(ChannelFuture lastAnswer, Duration patience) {
        Channel channel = lastAnswer.channel();
        channel.pipeline().addFirst(new Discard());
        channel.config().setAutoRead(true);
        var deadline = channel.eventLoop().schedule(() -> reset(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        lastAnswer.addListener(written -> {
            if (!written.isSuccess()) {
                now(channel);
                return;
            }
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            }
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    static void now(Channel channel) {
        channel.close();
    }

    /** A TCP reset: what was queued is lost, and so is TLS's farewell. */
    static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.unsafe().voidPromise());
        }
    }

    private static final class Discard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
