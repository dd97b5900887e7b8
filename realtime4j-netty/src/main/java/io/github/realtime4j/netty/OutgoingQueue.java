package io.github.realtime4j.netty;

import io.github.realtime4j.transport.SendBudget;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.WriteRefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from any thread to the socket, in order and bounded.
 *
 * <p>A burst costs one wake-up of the event loop and one flush. Frames are made only while the socket takes them, so a ping
 * never waits behind more than the channel's own high-water mark.
 */
final class OutgoingQueue {
    private final Channel channel;
    private final SendBudget budget;
    private final Runnable onWritable;
    private final Queue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closing;
    private volatile boolean ended;

    /** On the event loop only. */
    private boolean closeWritten;

    private long written;

    OutgoingQueue(Channel channel, TransportOptions options, Runnable onWritable) {
        this.channel = channel;
        this.onWritable = onWritable;
        budget = new SendBudget(options);
    }

    CompletionStage<Void> offer(ByteBuffer... slices) {
        if (closing || ended) {
            return CompletableFuture.failedFuture(closed());
        }
        ByteBuf content = join(slices);
        int bytes = content.readableBytes();
        try {
            budget.reserve(bytes);
        } catch (WriteRefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        Outgoing message = new Outgoing(new TextWebSocketFrame(content), bytes);
        waiting.add(message);
        wakeUp();
        return message.sent;
    }

    private static WriteRefusedException closed() {
        return new WriteRefusedException("the connection is closing or has ended");
    }

    /** One slice is read in place by the frame encoder, which masks into a new buffer anyway. */
    private static ByteBuf join(ByteBuffer[] slices) {
        if (slices.length == 1) {
            return Unpooled.wrappedBuffer(slices[0]);
        }
        int length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (ByteBuffer slice : slices) {
            int size = slice.remaining();
            slice.get(slice.position(), all, at, size);
            at += size;
        }
        return Unpooled.wrappedBuffer(all);
    }

    /** Takes no more messages and ends with a close frame. */
    void close(int code, String reason) {
        closing = true;
        waiting.add(new Outgoing(new CloseWebSocketFrame(code, reason), 0));
        wakeUp();
    }

    private void wakeUp() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::write);
            } catch (RejectedExecutionException transportClosed) {
                end();
            }
        }
    }

    /** Writes what the socket takes now; on the event loop only. */
    void write() {
        scheduled.set(false);
        if (ended) {
            end();
            return;
        }
        boolean any = false;
        while (channel.isWritable()) {
            Outgoing next = waiting.poll();
            if (next == null) {
                break;
            }
            if (closeWritten) {
                next.refuse();
                continue;
            }
            closeWritten = next.frame instanceof CloseWebSocketFrame;
            var unused = channel.write(next.frame).addListener(next);
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    void channelWritabilityChanged() {
        if (channel.isWritable() && !waiting.isEmpty()) {
            wakeUp();
        }
    }

    /** Fails what is not written yet. */
    void end() {
        ended = true;
        for (Outgoing next = waiting.poll(); next != null; next = waiting.poll()) {
            next.lose(null);
        }
    }

    long queuedBytes() {
        return budget.queued();
    }

    boolean isWritable() {
        return budget.isWritable();
    }

    /** Whether everything, close frames and all, is written; on the event loop only. */
    boolean isEmpty() {
        return waiting.isEmpty() && budget.queued() == 0;
    }

    boolean closeWritten() {
        return closeWritten;
    }

    /** On the event loop only. */
    Progress progress() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        return new Progress(written, pending);
    }

    /**
     * How far the operating system has come with what it was given.
     *
     * @param written messages taken completely
     * @param pending bytes of others that were not taken yet
     */
    record Progress(long written, long pending) {
        boolean isBeyond(Progress earlier) {
            return written > earlier.written || pending < earlier.pending;
        }
    }

    private final class Outgoing implements ChannelFutureListener {
        private final WebSocketFrame frame;
        private final int bytes;
        private final CompletableFuture<Void> sent = new CompletableFuture<>();

        Outgoing(WebSocketFrame frame, int bytes) {
            this.frame = frame;
            this.bytes = bytes;
        }

        @Override
        public void operationComplete(ChannelFuture done) {
            if (!done.isSuccess()) {
                lose(done.cause());
                return;
            }
            written++;
            boolean writableAgain = budget.release(bytes);
            sent.complete(null);
            if (writableAgain) {
                onWritable.run();
            }
        }

        void lose(@Nullable Throwable cause) {
            budget.release(bytes);
            sent.completeExceptionally(new IOException("the connection ended with the message in its queue", cause));
        }

        void refuse() {
            budget.release(bytes);
            sent.completeExceptionally(closed());
        }
    }
}
