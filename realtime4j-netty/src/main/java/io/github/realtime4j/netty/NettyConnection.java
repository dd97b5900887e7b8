package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.ConnectionEnd.Side;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open WebSocket connection: how it ends, and who is told.
 *
 * <pre>
 * OPEN --close()-----------> CLOSING --peer's close frame, drop or deadline--> ENDED
 * OPEN --peer's close frame, drop, failure, abort()---------------------------> ENDED
 * </pre>
 *
 * <p>The receiver hears of the end as soon as it is certain; the channel may take a moment longer to say goodbye.
 */
final class NettyConnection implements Connection {
    private static final Logger log = LoggerFactory.getLogger(NettyConnection.class);

    private final Channel channel;
    private final Receiver receiver;
    private final TransportOptions options;
    private final OutgoingQueue outgoing;
    private final WebSocketInbound inbound;
    private final KeepAlive keepAlive;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean aborted;
    private volatile String closeReason = "";

    /** On the event loop only. */
    private boolean ended;

    NettyConnection(Channel channel, Receiver receiver, TransportOptions options) {
        this.channel = channel;
        this.receiver = receiver;
        this.options = options;
        outgoing = new OutgoingQueue(channel, options, this::callOnWritable);
        inbound = new WebSocketInbound(this, options.maxMessageBytes());
        keepAlive = new KeepAlive(channel, options, outgoing, this::noPong);
    }

    WebSocketInbound inbound() {
        return inbound;
    }

    OutgoingQueue outgoing() {
        return outgoing;
    }

    /** On the event loop, before the first frame is decoded. */
    void opened() {
        try {
            receiver.onOpen(this);
        } catch (RuntimeException | Error failure) {
            receiverFailed(failure);
        }
        if (!ended) {
            keepAlive.start();
        }
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        return outgoing.offer(slices);
    }

    @Override
    public long queuedBytes() {
        return outgoing.queuedBytes();
    }

    @Override
    public boolean isWritable() {
        return outgoing.isWritable();
    }

    @Override
    public void pauseReading() {
        if (!closing.get()) {
            inbound.pause(true);
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void resumeReading() {
        inbound.pause(false);
        keepAlive.heard();
        execute(inbound::deliverHeld);
        try {
            channel.config().setAutoRead(true);
        } catch (RejectedExecutionException transportClosed) {
            log.debug("Reading was resumed after the transport was closed");
        }
    }

    @Override
    public void close(int code, String reason) {
        ConnectionEnd.requireSendable(code, reason);
        if (closing.compareAndSet(false, true)) {
            closeReason = reason;
            resumeReading();
            outgoing.close(code, reason);
            execute(() -> awaitAnswer(outgoing.progress()));
        }
    }

    /** A peer that still takes what was queued before the close frame gets more time. */
    private void awaitAnswer(OutgoingQueue.Progress progress) {
        if (ended) {
            return;
        }
        long millis = options.closeTimeout().toMillis();
        var unused = channel.eventLoop()
                .schedule(
                        () -> {
                            if (!outgoing.isEmpty() && outgoing.progress().isBeyond(progress)) {
                                awaitAnswer(outgoing.progress());
                            } else {
                                drop("no close frame within " + millis + " ms", Side.USER, null);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void abort() {
        abort("aborted");
    }

    void abort(String reason) {
        aborted = true;
        closing.set(true);
        execute(() -> drop(reason, Side.USER, null));
    }

    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException transportClosed) {
            log.debug("A call came after the transport was closed");
        }
    }

    /** Any bytes from the peer. */
    void heard() {
        keepAlive.heard();
    }

    boolean takesMessages() {
        return !ended && !aborted;
    }

    void message(ByteBuffer message) {
        try {
            receiver.onMessage(message);
        } catch (RuntimeException | Error failure) {
            receiverFailed(failure);
        }
    }

    private void callOnWritable() {
        if (takesMessages()) {
            try {
                receiver.onWritable();
            } catch (RuntimeException | Error failure) {
                receiverFailed(failure);
            }
        }
    }

    private void receiverFailed(Throwable failure) {
        log.warn(
                "A receiver threw {}; its connection ends with 1011",
                failure.getClass().getName());
        fail(ConnectionEnd.INTERNAL_ERROR, "receiver failed", failure);
    }

    private void noPong() {
        drop("no pong within " + options.pongTimeout().toMillis() + " ms", Side.CLIENT, null);
    }

    /** The peer broke a rule, or the receiver did: tells the peer why, then waits for it to hang up. */
    void fail(int code, String reason, @Nullable Throwable cause) {
        if (ended) {
            return;
        }
        end(new ConnectionEnd(code, reason, Side.CLIENT, cause));
        var unused = channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        hangUpLater();
    }

    /** The peer's close frame: answers it, after what the socket still takes, unless it is the answer. */
    void closeFrame(int code, String reason) {
        if (ended) {
            hangUp();
            return;
        }
        boolean answer = outgoing.closeWritten();
        boolean ours = closing.get();
        outgoing.write();
        end(new ConnectionEnd(
                code, ours && reason.isEmpty() ? closeReason : reason, ours ? Side.USER : Side.SERVER, null));
        if (answer) {
            hangUp();
        } else {
            CloseWebSocketFrame echo =
                    ConnectionEnd.isSendable(code) ? new CloseWebSocketFrame(code, "") : new CloseWebSocketFrame();
            var unused = channel.writeAndFlush(echo).addListener(ChannelFutureListener.CLOSE);
            hangUpLater();
        }
    }

    private void hangUpLater() {
        channel.config().setAutoRead(true);
        var deadline = channel.eventLoop()
                .schedule(this::hangUp, options.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        var unused = channel.closeFuture().addListener(closed -> deadline.cancel(false));
    }

    /** The channel is gone. */
    void dropped(@Nullable Throwable cause) {
        String reason = cause == null || cause.getMessage() == null
                ? "dropped without a close frame"
                : "dropped without a close frame: " + cause.getMessage();
        drop(reason, closing.get() ? Side.USER : Side.SERVER, cause);
    }

    private void drop(String reason, Side by, @Nullable Throwable cause) {
        end(new ConnectionEnd(ConnectionEnd.ABNORMAL, reason, by, cause));
        hangUp();
    }

    private void hangUp() {
        var unused = channel.close();
    }

    private void end(ConnectionEnd end) {
        if (ended) {
            return;
        }
        ended = true;
        closing.set(true);
        keepAlive.stop();
        inbound.discard();
        outgoing.end();
        try {
            receiver.onEnd(end);
        } catch (RuntimeException | Error failure) {
            log.warn(
                    "A receiver threw {} at the end of its connection",
                    failure.getClass().getName());
        }
    }
}
