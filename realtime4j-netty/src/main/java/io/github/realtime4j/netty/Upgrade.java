package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the opening handshake and judges the answer; replaces itself and the HTTP codec on a 101. */
final class Upgrade extends Exchange {
    /** How long a refusal's body may take once its head is here. */
    private static final long BODY_SECONDS = 1;

    private final UpgradeRequest request;
    private final Receiver receiver;
    private final TransportOptions options;
    private final ConnectAttempt<Connection> attempt;
    private @Nullable HttpResponse answer;
    private @Nullable CollectedAnswer refusal;

    Upgrade(UpgradeRequest request, Receiver receiver, TransportOptions options, ConnectAttempt<Connection> attempt) {
        super(attempt);
        this.request = request;
        this.receiver = receiver;
        this.options = options;
        this.attempt = attempt;
    }

    @Override
    void addTo(ChannelPipeline pipeline) {
        if (options.compression()) {
            pipeline.addLast(Pipelines.deflateOffer(options));
        }
        super.addTo(pipeline);
    }

    @Override
    FullHttpRequest request() {
        return request.toHttp();
    }

    @Override
    void answered(ChannelHandlerContext ctx, HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            attempt.failed(refused("the answer is not HTTP; "
                    + (request.target().secure()
                            ? "is that a WebSocket server?"
                            : "does the port expect wss:// instead of ws://?")));
            return;
        }
        answer = response;
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            refusal = new CollectedAnswer(response, HandshakeException.BODY_LIMIT);
            var unused = ctx.executor().schedule(this::refuse, BODY_SECONDS, TimeUnit.SECONDS);
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

    @Override
    void contentRead(ChannelHandlerContext ctx, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (refusal != null) {
            boolean full = !refusal.add(content.content());
            if (full || last) {
                refuse();
            }
        } else if (last && answer != null) {
            switchProtocols(ctx);
        }
    }

    private void refuse() {
        attempt.failed(Objects.requireNonNull(refusalSoFar()));
    }

    /** The receiver hears of the connection before the frame decoder exists, so before any message. */
    private void switchProtocols(ChannelHandlerContext ctx) {
        NettyConnection connection = new NettyConnection(ctx.channel(), receiver, options);
        if (!attempt.handOver(ctx.channel(), () -> connection.abort("the transport was closed"))) {
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        HttpClientCodec codec = (HttpClientCodec) Objects.requireNonNull(pipeline.get(Pipelines.HTTP));
        codec.removeOutboundHandler();
        pipeline.replace(this, "receiver", connection.inbound());
        Pipelines.addFrameCodecs(pipeline, Pipelines.HTTP, options, true);
        connection.opened();
        if (!attempt.complete(connection)) {
            connection.abort();
        }
        ctx.channel().eventLoop().execute(() -> pipeline.remove(codec));
    }

    @Override
    @Nullable
    HandshakeException refusalSoFar() {
        return refusal == null ? null : UpgradeRefusal.of(request, refusal.soFar());
    }
}
