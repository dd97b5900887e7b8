package io.github.realtime4j.server.http;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Fault.CloseConnection;
import io.github.realtime4j.server.Fault.Delay;
import io.github.realtime4j.server.Fault.DropEvent;
import io.github.realtime4j.server.Fault.MalformedFrame;
import io.github.realtime4j.server.Fault.Reset;
import io.github.realtime4j.server.Fault.SlowReader;
import io.github.realtime4j.server.Fault.Stall;
import io.github.realtime4j.server.Trigger.Moment;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.SendBudget;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.WriteRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection that misbehaves by plan. Messages pass one by one, so that a delay holds back what follows it and a fault
 * after a message comes when that message is out.
 */
final class FaultyConnection implements Connection {
    private final Connection connection;
    private final FaultPlan plan;
    private final Alarm alarm;
    private final Runnable onWritable;
    private final SendBudget budget = new SendBudget(TransportOptions.DEFAULT);

    /** The rest is guarded by this object. */
    private final Deque<Message> waiting = new ArrayDeque<>();

    /** A delay runs, or a message is on its way to the operating system. */
    private boolean busy;

    private boolean stalled;

    /** The owner has closed; what was queued before goes out first. */
    private boolean closing;

    private boolean ended;
    private boolean pausedByOwner;
    private int readBytesPerSecond;
    private long readDebt;
    private boolean readingSlowly;

    private static final class Message {
        final ByteBuffer[] slices;

        /** Runs in the place of a message; null for a message. */
        final @Nullable Runnable close;

        final String type;
        final int bytes;
        final CompletableFuture<Void> sent = new CompletableFuture<>();
        boolean examined;
        boolean dropped;

        Message(Runnable close) {
            slices = new ByteBuffer[0];
            this.close = close;
            type = "";
            bytes = 0;
            examined = true;
        }

        Message(ByteBuffer[] slices) {
            this.slices = slices;
            close = null;
            type = WireEvent.of(slices).type();
            int length = 0;
            for (ByteBuffer slice : slices) {
                length += slice.remaining();
            }
            bytes = length;
        }
    }

    /**
     * @param onWritable called without a lock
     */
    FaultyConnection(Connection connection, FaultPlan plan, Alarm alarm, Runnable onWritable) {
        this.connection = connection;
        this.plan = plan;
        this.alarm = alarm;
        this.onWritable = onWritable;
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        Message message = new Message(slices);
        synchronized (this) {
            if (closing || ended) {
                return CompletableFuture.failedFuture(
                        new WriteRefusedException("the connection is closing or has ended"));
            }
            try {
                budget.reserve(message.bytes);
            } catch (WriteRefusedException full) {
                return CompletableFuture.failedFuture(full);
            }
            waiting.add(message);
            pass();
        }
        return message.sent;
    }

    private void resume() {
        boolean before = isWritable();
        synchronized (this) {
            busy = false;
            pass();
        }
        if (!before && isWritable()) {
            onWritable.run();
        }
    }

    private synchronized void pass() {
        while (!busy && !stalled && !ended) {
            Message message = waiting.peek();
            if (message == null || isHeldBack(message)) {
                return;
            }
            waiting.remove();
            budget.release(message.bytes);
            if (message.close != null) {
                message.close.run();
            } else if (message.dropped) {
                message.sent.complete(null);
            } else {
                hand(message);
            }
        }
    }

    /** Sets off what strikes before this message, once. */
    private boolean isHeldBack(Message message) {
        if (message.examined) {
            return false;
        }
        message.examined = true;
        Duration delay = Duration.ZERO;
        for (Fault fault : plan.strikes(Moment.BEFORE_SERVER_EVENT, message.type)) {
            if (fault instanceof Delay late) {
                delay = delay.plus(late.duration());
            } else if (fault instanceof DropEvent) {
                message.dropped = true;
            } else {
                apply(fault);
            }
        }
        if (!delay.isZero() && !stalled) {
            busy = true;
            alarm.after(delay, this::resume);
        }
        return busy || stalled;
    }

    private void hand(Message message) {
        CompletionStage<Void> sent = connection.send(message.slices);
        List<Fault> after = plan.strikes(Moment.AFTER_SERVER_EVENT, message.type);
        if (after.isEmpty()) {
            sent.whenComplete((done, failure) -> complete(message, failure));
            return;
        }
        busy = true;
        sent.whenComplete((done, failure) -> {
            complete(message, failure);
            after.forEach(this::apply);
            resume();
        });
    }

    private static void complete(Message message, @Nullable Throwable failure) {
        if (failure == null) {
            message.sent.complete(null);
        } else {
            message.sent.completeExceptionally(failure);
        }
    }

    /** A fault that is not about one message. */
    synchronized void apply(Fault fault) {
        if (fault instanceof CloseConnection close) {
            connection.close(close.code(), close.reason());
        } else if (fault instanceof Reset) {
            connection.abort();
        } else if (fault instanceof Stall) {
            stall();
        } else if (fault instanceof MalformedFrame broken) {
            sendBroken(broken);
        } else if (fault instanceof SlowReader slow) {
            readBytesPerSecond = slow.bytesPerSecond();
        }
    }

    private void stall() {
        stalled = true;
        if (connection instanceof RawConnection raw) {
            raw.stall();
        } else {
            connection.pauseReading();
        }
    }

    private void sendBroken(MalformedFrame broken) {
        String text = BrokenFrames.text(broken.kind());
        if (connection instanceof RawConnection raw) {
            raw.sendRaw(BrokenFrames.bytes(broken.kind()));
        } else if (text != null) {
            connection.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            connection.abort();
        }
    }

    synchronized boolean isStalled() {
        return stalled;
    }

    /** Takes its time over a message of the client, if told to read slowly. */
    synchronized void read(int bytes) {
        if (readBytesPerSecond == 0 || ended) {
            return;
        }
        readDebt += bytes;
        if (!readingSlowly) {
            readingSlowly = true;
            connection.pauseReading();
            payReadDebt();
        }
    }

    private void payReadDebt() {
        long nanos = (long) (readDebt * 1e9 / readBytesPerSecond);
        readDebt = 0;
        alarm.after(Duration.ofNanos(nanos), this::readOn);
    }

    private synchronized void readOn() {
        if (ended || stalled) {
            return;
        }
        if (readDebt > 0) {
            payReadDebt();
            return;
        }
        readingSlowly = false;
        if (!pausedByOwner) {
            connection.resumeReading();
        }
    }

    @Override
    public long queuedBytes() {
        return connection.queuedBytes() + budget.queued();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable() && budget.isWritable();
    }

    @Override
    public synchronized void pauseReading() {
        pausedByOwner = true;
        connection.pauseReading();
    }

    @Override
    public synchronized void resumeReading() {
        pausedByOwner = false;
        if (!stalled && !readingSlowly) {
            connection.resumeReading();
        }
    }

    @Override
    public synchronized void close(int code, String reason) {
        ConnectionEnd.requireSendable(code, reason);
        if (stalled) {
            connection.close(code, reason);
        } else if (!closing) {
            closing = true;
            waiting.add(new Message(() -> connection.close(code, reason)));
            pass();
        }
    }

    @Override
    public void abort() {
        connection.abort();
    }

    /** Fails what is still held back. */
    synchronized void end() {
        ended = true;
        for (Message message = waiting.poll(); message != null; message = waiting.poll()) {
            budget.release(message.bytes);
            message.sent.completeExceptionally(new IOException("the connection ended with the message in its queue"));
        }
    }
}
