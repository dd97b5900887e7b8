package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.ConnectionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Frames of one client: joins fragments, checks text, answers pings, tells what is wrong by a close code. */
final class SocketFrames extends ChannelInboundHandlerAdapter {
    private final SocketConnection connection;
    private final int maxMessageBytes;

    /** The text message that is arriving in fragments. */
    private @Nullable ByteBuf fragments;

    /** Length of the binary message that is arriving in fragments; its bytes are dropped as they come. */
    private long binaryLength = -1;

    /** To answer when the client reads again: only the latest ping counts. */
    private @Nullable ByteBuf pendingPong;

    private @Nullable Throwable networkError;

    SocketFrames(SocketConnection connection, int maxMessageBytes) {
        this.connection = connection;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (connection.isOver()) {
                return;
            }
            if (message instanceof WebSocketFrame frame && frame.rsv() == 0) {
                take(ctx, frame);
            } else {
                connection.fail(ConnectionEnd.PROTOCOL_ERROR, "expected a frame without reserved bits", null);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            answer(ctx, frame.content().retain());
        } else if (frame instanceof CloseWebSocketFrame close) {
            connection.closeFrame(
                    close.statusCode() < 0 ? ConnectionEnd.NO_STATUS : close.statusCode(), close.reasonText());
        } else if (frame instanceof BinaryWebSocketFrame
                || (frame instanceof ContinuationWebSocketFrame && binaryLength >= 0)) {
            takeBinary(frame);
        } else if (frame instanceof TextWebSocketFrame && frame.isFinalFragment()) {
            deliver(frame.content());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            takeFragment(frame);
        }
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf ping) {
        if (pendingPong != null) {
            pendingPong.release();
            pendingPong = null;
        }
        if (ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping));
        } else {
            pendingPong = ping;
        }
    }

    private void takeBinary(WebSocketFrame frame) {
        binaryLength = Math.max(binaryLength, 0) + frame.content().readableBytes();
        if (binaryLength > maxMessageBytes) {
            tooBig(null);
        } else if (frame.isFinalFragment()) {
            long length = binaryLength;
            binaryLength = -1;
            connection.binary(length);
        }
    }

    private void takeFragment(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        ByteBuf whole = fragments;
        if (whole == null) {
            whole = content.alloc().heapBuffer(content.readableBytes());
            fragments = whole;
        }
        if ((long) whole.readableBytes() + content.readableBytes() > maxMessageBytes) {
            tooBig(null);
            return;
        }
        whole.writeBytes(content);
        if (frame.isFinalFragment()) {
            fragments = null;
            try {
                deliver(whole);
            } finally {
                whole.release();
            }
        }
    }

    private void tooBig(@Nullable Throwable cause) {
        connection.fail(ConnectionEnd.TOO_BIG, "message longer than " + maxMessageBytes + " bytes", cause);
    }

    private void deliver(ByteBuf content) {
        if (content.readableBytes() > maxMessageBytes) {
            tooBig(null);
            return;
        }
        ByteBuffer text = content.nioBuffer();
        if (Utf8.isValid(text)) {
            connection.message(text);
        } else {
            connection.fail(ConnectionEnd.INVALID_TEXT, "message is not UTF-8", null);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable() || connection.isOver()) {
            return;
        }
        ByteBuf pong = pendingPong;
        if (pong != null && !connection.isStalled()) {
            pendingPong = null;
            ctx.writeAndFlush(new PongWebSocketFrame(pong));
        }
        connection.writable();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.dropped(networkError);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(fragments);
        ReferenceCountUtil.release(pendingPong);
        fragments = null;
        pendingPong = null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        if (thrown instanceof CorruptedWebSocketFrameException corrupted) {
            connection.fail(corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage()), thrown);
        } else if (decompression(thrown) instanceof DecompressionException failed) {
            if (failed.getCause() instanceof DataFormatException) {
                connection.fail(ConnectionEnd.INVALID_TEXT, "message cannot be decompressed", thrown);
            } else {
                tooBig(thrown);
            }
        } else if (thrown instanceof IOException) {
            networkError = thrown;
            HangUp.now(ctx.channel());
        } else {
            connection.fail(ConnectionEnd.PROTOCOL_ERROR, "frame cannot be decoded", thrown);
        }
    }

    private static @Nullable Throwable decompression(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof DecompressionException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
