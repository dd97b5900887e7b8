package io.github.realtime4j.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.ConnectionEnd.Side;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's WebSocket, from the 101 to the end.
 *
 * <pre>
 * OPEN --close()--> CLOSING --client's close frame, drop or deadline--> ENDED
 * OPEN --client's close frame, drop, broken frame, abort()------------> ENDED
 * </pre>
 *
 * <p>{@link Receiver#onEnd} comes on the way into ENDED; the TCP connection may take a moment longer. What has no access
 * from other threads belongs to the event loop.
 */
final class SocketConnection implements RawConnection {
    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);
    private static final Duration PATIENCE_AFTER_ERROR = Duration.ofSeconds(2);

    private final Channel channel;
    private final Receiver receiver;
    private final TransportOptions options;
    private final SendQueue queue;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean stalled;

    private boolean ended;
    private @Nullable ScheduledFuture<?> pings;

    SocketConnection(Channel channel, Receiver receiver, TransportOptions options) {
        this.channel = channel;
        this.receiver = receiver;
        this.options = options;
        queue = new SendQueue(channel, options, () -> tell(receiver::onWritable));
    }

    void open() {
        tell(() -> receiver.onOpen(this));
        long nanos = options.pingInterval().toNanos();
        if (!ended && nanos > 0) {
            pings = channel.eventLoop().scheduleAtFixedRate(this::ping, nanos, nanos, NANOSECONDS);
        }
    }

    private void ping() {
        if (!stalled && channel.isWritable()) {
            channel.writeAndFlush(new PingWebSocketFrame(Unpooled.buffer(Integer.BYTES)
                    .writeInt(ThreadLocalRandom.current().nextInt())));
        }
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        return queue.text(Unpooled.wrappedBuffer(slices));
    }

    @Override
    public void sendRaw(byte[] bytes) {
        queue.raw(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public long queuedBytes() {
        return queue.queuedBytes();
    }

    @Override
    public boolean isWritable() {
        return queue.isWritable();
    }

    @Override
    public void pauseReading() {
        if (!closing.get()) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void resumeReading() {
        // After what is being delivered: a message that pauses again would otherwise be followed by one more.
        execute(() -> {
            if (!stalled) {
                channel.config().setAutoRead(true);
            }
        });
    }

    @Override
    public void stall() {
        stalled = true;
        queue.stall();
        channel.config().setAutoRead(false);
    }

    @Override
    public void close(int code, String reason) {
        ConnectionEnd.requireSendable(code, reason);
        if (closing.compareAndSet(false, true)) {
            resumeReading();
            queue.close(code, reason);
            execute(() -> awaitCloseFrame(queue.queuedBytes()));
        }
    }

    /** A client that still takes what was queued before the close frame gets more time. */
    private void awaitCloseFrame(long queuedBefore) {
        if (ended) {
            return;
        }
        long millis = options.closeTimeout().toMillis();
        var deadline = channel.eventLoop()
                .schedule(
                        () -> {
                            if (queue.queuedBytes() < queuedBefore) {
                                awaitCloseFrame(queue.queuedBytes());
                            } else {
                                drop("no close frame within " + millis + " ms", null);
                            }
                        },
                        millis,
                        MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
    }

    @Override
    public void abort() {
        closing.set(true);
        execute(() -> drop("aborted", null));
    }

    private void drop(String reason, @Nullable Throwable cause) {
        end(new ConnectionEnd(ConnectionEnd.ABNORMAL, reason, Side.USER, cause));
        HangUp.reset(channel);
    }

    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("A call came after the server had stopped");
        }
    }

    boolean isOver() {
        return ended;
    }

    void message(ByteBuffer message) {
        tell(() -> receiver.onMessage(message));
    }

    void binary(long length) {
        if (receiver instanceof ServerReceiver server) {
            tell(() -> server.onBinary(length));
        } else {
            fail(ConnectionEnd.UNSUPPORTED, "binary messages are not supported", null);
        }
    }

    void writable() {
        queue.write();
    }

    boolean isStalled() {
        return stalled;
    }

    /** A receiver that throws ends its own connection and no other. */
    private void tell(Runnable event) {
        if (ended) {
            return;
        }
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            log.warn("A session failed; its connection ends with 1011", e);
            fail(ConnectionEnd.INTERNAL_ERROR, "internal error", e);
        }
    }

    /** Tells the client what was wrong, then ends. */
    void fail(int code, String reason, @Nullable Throwable cause) {
        if (ended) {
            return;
        }
        closing.set(true);
        end(new ConnectionEnd(code, reason, Side.CLIENT, cause));
        HangUp.after(channel.writeAndFlush(new CloseWebSocketFrame(code, reason)), PATIENCE_AFTER_ERROR);
    }

    /** The client's close frame: the answer to ours, or one to answer. */
    void closeFrame(int code, String reason) {
        if (ended) {
            return;
        }
        boolean ours = !closing.compareAndSet(false, true);
        end(new ConnectionEnd(code, reason, ours ? Side.USER : Side.SERVER, null));
        if (queue.closeWritten()) {
            HangUp.now(channel);
            return;
        }
        CloseWebSocketFrame answer =
                ConnectionEnd.isSendable(code) ? new CloseWebSocketFrame(code, "") : new CloseWebSocketFrame();
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        var deadline = channel.eventLoop()
                .schedule(() -> HangUp.reset(channel), options.closeTimeout().toMillis(), MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
    }

    /** The TCP connection is gone. */
    void dropped(@Nullable Throwable cause) {
        String reason =
                cause == null || cause.getMessage() == null ? "dropped without a close frame" : cause.getMessage();
        end(new ConnectionEnd(ConnectionEnd.ABNORMAL, reason, closing.get() ? Side.USER : Side.SERVER, cause));
    }

    private void end(ConnectionEnd end) {
        if (ended) {
            return;
        }
        ended = true;
        queue.end();
        if (pings != null) {
            pings.cancel(false);
        }
        try {
            receiver.onEnd(end);
        } catch (RuntimeException | Error e) {
            log.warn("A session failed while it ended", e);
        }
    }
}
