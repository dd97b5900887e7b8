package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.SendBudget;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.WriteRefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Frames from any thread, in order, bounded, written by the event loop.
 *
 * <p>Only what the socket takes is handed to the channel: a peer that does not read costs the queue's bound and no more, and
 * control frames do not wait behind it. One flush serves a burst.
 */
final class SendQueue {
    private final Channel channel;
    private final SendBudget budget;
    private final Runnable onWritable;
    private final Queue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** No message is taken after the close frame. */
    private volatile boolean closed;

    /** The connection is gone. */
    private volatile boolean ended;

    private volatile boolean stalled;

    /** On the event loop only. */
    private boolean closeWritten;

    private record Outgoing(Object frame, int bytes, CompletableFuture<Void> sent) {}

    /**
     * @param onWritable called on the event loop
     */
    SendQueue(Channel channel, TransportOptions options, Runnable onWritable) {
        this.channel = channel;
        this.onWritable = onWritable;
        budget = new SendBudget(options);
    }

    CompletableFuture<Void> text(ByteBuf message) {
        return offer(new TextWebSocketFrame(message), message.readableBytes());
    }

    CompletableFuture<Void> raw(ByteBuf bytes) {
        return offer(bytes, bytes.readableBytes());
    }

    private CompletableFuture<Void> offer(Object frame, int bytes) {
        if (closed || ended) {
            ReferenceCountUtil.release(frame);
            return CompletableFuture.failedFuture(new WriteRefusedException("the connection is closing or has ended"));
        }
        try {
            budget.reserve(bytes);
        } catch (WriteRefusedException full) {
            ReferenceCountUtil.release(frame);
            return CompletableFuture.failedFuture(full);
        }
        CompletableFuture<Void> sent = new CompletableFuture<>();
        waiting.add(new Outgoing(frame, bytes, sent));
        wakeUp();
        return sent;
    }

    void close(int code, String reason) {
        closed = true;
        waiting.add(new Outgoing(new CloseWebSocketFrame(code, reason), 0, new CompletableFuture<>()));
        wakeUp();
    }

    private void wakeUp() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::write);
            } catch (RejectedExecutionException serverStopped) {
                end();
            }
        }
    }

    /** On the event loop: also when the channel has become writable again. */
    void write() {
        scheduled.set(false);
        if (ended) {
            end();
            return;
        }
        boolean any = false;
        while (!stalled && channel.isWritable()) {
            Outgoing next = waiting.poll();
            if (next == null) {
                break;
            }
            closeWritten |= next.frame instanceof CloseWebSocketFrame;
            channel.write(next.frame).addListener(done -> written(next, done.cause()));
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    private void written(Outgoing message, @Nullable Throwable failure) {
        boolean writableAgain = budget.release(message.bytes);
        if (failure == null) {
            message.sent.complete(null);
            if (writableAgain && !ended) {
                onWritable.run();
            }
        } else {
            message.sent.completeExceptionally(lost(failure));
        }
    }

    private static IOException lost(@Nullable Throwable cause) {
        return new IOException("the connection ended with the message in its queue", cause);
    }

    boolean closeWritten() {
        return closeWritten;
    }

    void stall() {
        stalled = true;
    }

    /** Takes nothing more and drops what waits. */
    void end() {
        ended = true;
        for (Outgoing next = waiting.poll(); next != null; next = waiting.poll()) {
            ReferenceCountUtil.release(next.frame);
            budget.release(next.bytes);
            next.sent.completeExceptionally(lost(null));
        }
    }

    long queuedBytes() {
        return budget.queued();
    }

    boolean isWritable() {
        return budget.isWritable();
    }
}
