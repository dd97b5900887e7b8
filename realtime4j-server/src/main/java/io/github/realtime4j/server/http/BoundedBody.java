package io.github.realtime4j.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.time.Duration;

/** Collects a request's body, up to a bound. */
final class BoundedBody extends HttpObjectAggregator {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    BoundedBody(int maxBytes) {
        super(maxBytes, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        RestAnswer answer =
                HttpAnswers.refusal(413, "Maximum content size limit (" + maxContentLength() + ") exceeded.");
        HangUp.after(ctx.writeAndFlush(HttpAnswers.last(answer)), PATIENCE);
    }
}
