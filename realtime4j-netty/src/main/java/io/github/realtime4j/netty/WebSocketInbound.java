package io.github.realtime4j.netty;

import io.github.realtime4j.transport.ConnectionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
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
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames into whole messages for the receiver, answers pings, and ends the connection of a peer that breaks the
 * rules. On the event loop only.
 */
final class WebSocketInbound extends ChannelInboundHandlerAdapter {
    /** Larger messages get an array of their own. */
    private static final int SCRATCH_LIMIT = 256 << 10;

    /** One array per I/O thread: a message is valid during the call only, and a thread makes one call at a time. */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[16 << 10];
        }
    };

    private final NettyConnection connection;
    private final int maxMessageBytes;

    /** Data and close frames that were decoded while reading was paused. */
    private final Deque<WebSocketFrame> held = new ArrayDeque<>();

    private @Nullable ByteBuf fragments;
    private @Nullable Throwable networkError;

    /** The pong that is being written, and the ping to answer after it: a flood of pings cannot fill the queue. */
    private @Nullable ChannelFuture pong;

    private @Nullable PingWebSocketFrame latestPing;

    private volatile boolean paused;

    WebSocketInbound(NettyConnection connection, int maxMessageBytes) {
        this.connection = connection;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** From any thread. */
    void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof PingWebSocketFrame ping) {
            answer(ctx, ping);
        } else if (message instanceof WebSocketFrame frame && !(message instanceof PongWebSocketFrame)) {
            if (paused || !held.isEmpty()) {
                held.add(frame);
            } else {
                take(frame);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection.heard();
    }

    void deliverHeld() {
        while (!paused && !held.isEmpty()) {
            take(held.remove());
        }
    }

    private void take(WebSocketFrame frame) {
        try {
            if (frame instanceof CloseWebSocketFrame close) {
                closed(close.content());
            } else if (!connection.takesMessages()) {
                return;
            } else if (frame instanceof BinaryWebSocketFrame) {
                connection.fail(ConnectionEnd.UNSUPPORTED, "unexpected binary frame", null);
            } else if (frame instanceof TextWebSocketFrame && frame.isFinalFragment()) {
                deliver(frame.content());
            } else if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
                addFragment(frame);
            }
        } finally {
            frame.release();
        }
    }

    private void addFragment(WebSocketFrame frame) {
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
        int length = content.readableBytes();
        if (length > maxMessageBytes) {
            tooBig(null);
            return;
        }
        byte[] array;
        int offset;
        if (content.hasArray()) {
            array = content.array();
            offset = content.arrayOffset() + content.readerIndex();
        } else {
            array = scratch(length);
            offset = 0;
            content.getBytes(content.readerIndex(), array, 0, length);
        }
        if (!Utf8.isValid(array, offset, length)) {
            connection.fail(ConnectionEnd.INVALID_TEXT, "message is not UTF-8", null);
            return;
        }
        connection.message(ByteBuffer.wrap(array, offset, length));
    }

    private static byte[] scratch(int length) {
        if (length > SCRATCH_LIMIT) {
            return new byte[length];
        }
        byte[] scratch = SCRATCH.get();
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length - 1) << 1];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    private void closed(ByteBuf content) {
        int at = content.readerIndex();
        if (content.readableBytes() < 2) {
            connection.closeFrame(ConnectionEnd.NO_STATUS, "");
        } else {
            String reason = content.toString(at + 2, content.readableBytes() - 2, StandardCharsets.UTF_8);
            connection.closeFrame(content.getUnsignedShort(at), reason);
        }
    }

    private void answer(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        if (pong != null && !pong.isDone()) {
            if (latestPing != null) {
                latestPing.release();
            }
            latestPing = ping;
            return;
        }
        ChannelFuture written = ctx.writeAndFlush(new PongWebSocketFrame(ping.content()));
        pong = written;
        if (!written.isDone()) {
            var unused = written.addListener(done -> {
                PingWebSocketFrame next = latestPing;
                latestPing = null;
                if (next != null) {
                    answer(ctx, next);
                }
            });
        }
    }

    /** Drops what is not delivered yet. */
    void discard() {
        for (WebSocketFrame frame = held.poll(); frame != null; frame = held.poll()) {
            frame.release();
        }
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
        if (latestPing != null) {
            latestPing.release();
            latestPing = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.outgoing().channelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        while (!held.isEmpty()) {
            take(held.remove());
        }
        connection.dropped(networkError);
        discard();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CodecException
                && cause.getCause() != null
                && !(cause instanceof DecompressionException)) {
            cause = cause.getCause();
        }
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            int code = corrupted.closeStatus().code();
            if (code == ConnectionEnd.TOO_BIG) {
                tooBig(cause);
            } else {
                connection.fail(code, String.valueOf(corrupted.getMessage()), cause);
            }
        } else if (cause instanceof DecompressionException) {
            if (cause.getCause() instanceof DataFormatException) {
                connection.fail(ConnectionEnd.INVALID_TEXT, "message cannot be decompressed", cause);
            } else {
                tooBig(cause);
            }
        } else if (cause instanceof IOException) {
            networkError = cause;
            var unused = ctx.close();
        } else {
            connection.fail(ConnectionEnd.PROTOCOL_ERROR, "frame cannot be decoded", cause);
        }
    }
}
