package io.github.realtime4j.transport;

import io.github.realtime4j.transport.ConnectionEnd.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One end of a connection in memory. What reaches the receiver, and all that decides on it, happens in its tasks. */
final class InMemoryConnection implements Connection {
    private static final Logger log = LoggerFactory.getLogger(InMemoryConnection.class);

    private final Receiver receiver;
    private final SerialTasks tasks;
    private final TransportOptions options;
    private final Collection<InMemoryConnection> open;
    private final SendBudget budget;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** What arrived while reading was paused; in tasks only. */
    private final Queue<Runnable> held = new ArrayDeque<>();

    /** In tasks only. */
    private boolean ended;

    private volatile boolean paused;
    private volatile boolean aborted;
    private @Nullable InMemoryConnection linked;

    InMemoryConnection(
            Receiver receiver, SerialTasks tasks, TransportOptions options, Collection<InMemoryConnection> open) {
        this.receiver = receiver;
        this.tasks = tasks;
        this.options = options;
        this.open = open;
        budget = new SendBudget(options);
    }

    /** On the client's side, before anything is sent. */
    void link(InMemoryConnection other) {
        linked = other;
        open.add(this);
        other.linked = this;
    }

    void open() {
        callReceiver(() -> receiver.onOpen(this));
    }

    private InMemoryConnection peer() {
        return Objects.requireNonNull(linked);
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        ByteBuffer bytes = copy(slices);
        if (closing.get() || over.isDone()) {
            return CompletableFuture.failedFuture(new WriteRefusedException("the connection is closing or has ended"));
        }
        try {
            budget.reserve(bytes.remaining());
        } catch (WriteRefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        Message message = new Message(bytes, new CompletableFuture<>());
        peer().tasks.add(() -> peer().arrive(() -> peer().deliver(message)));
        return message.sent;
    }

    private static ByteBuffer copy(ByteBuffer[] slices) {
        int length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (ByteBuffer slice : slices) {
            all.put(slice.duplicate());
        }
        return all.flip();
    }

    @Override
    public long queuedBytes() {
        return budget.queued();
    }

    @Override
    public boolean isWritable() {
        return budget.isWritable();
    }

    @Override
    public void pauseReading() {
        paused = !closing.get();
    }

    @Override
    public void resumeReading() {
        paused = false;
        tasks.add(() -> {
            while (!paused && !held.isEmpty()) {
                held.remove().run();
            }
        });
    }

    @Override
    public void close(int code, String reason) {
        ConnectionEnd.requireSendable(code, reason);
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        resumeReading();
        peer().tasks.add(() -> peer().arrive(() -> peer().closeFrame(code, reason)));
        var unused = over.orTimeout(options.closeTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        drop("no close frame within " + options.closeTimeout().toMillis() + " ms");
                    }
                });
    }

    @Override
    public void abort() {
        drop("aborted");
    }

    private void drop(String reason) {
        closing.set(true);
        aborted = true;
        tasks.add(() -> {
            String told = "dropped without a close frame";
            boolean first = end(new ConnectionEnd(ConnectionEnd.ABNORMAL, reason, Side.USER, null));
            if (first) {
                peer().tasks.add(() -> peer().arrive(() -> peer().closed(ConnectionEnd.ABNORMAL, told)));
            }
        });
    }

    private void arrive(Runnable incoming) {
        if (!ended && (paused || !held.isEmpty())) {
            held.add(incoming);
        } else {
            incoming.run();
        }
    }

    private void deliver(Message message) {
        InMemoryConnection sender = peer();
        int length = message.bytes.remaining();
        if (sender.budget.release(length)) {
            sender.tasks.add(sender::writable);
        }
        if (ended || aborted || sender.aborted) {
            message.sent.completeExceptionally(new IOException("the connection ended with the message in its queue"));
            return;
        }
        message.sent.complete(null);
        if (length > options.maxMessageBytes()) {
            fail(ConnectionEnd.TOO_BIG, "message longer than " + options.maxMessageBytes() + " bytes", null);
        } else if (!isUtf8(message.bytes)) {
            fail(ConnectionEnd.INVALID_TEXT, "message is not UTF-8", null);
        } else {
            callReceiver(() -> receiver.onMessage(message.bytes));
        }
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private void writable() {
        if (!ended) {
            callReceiver(receiver::onWritable);
        }
    }

    private void closeFrame(int code, String reason) {
        if (ended) {
            return;
        }
        closed(code, reason);
        peer().tasks.add(() -> peer().arrive(() -> peer().closed(code, reason)));
    }

    private void closed(int code, String reason) {
        end(new ConnectionEnd(code, reason, closing.get() ? Side.USER : Side.SERVER, null));
    }

    private void callReceiver(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            log.warn(
                    "A receiver threw {}; its connection ends with 1011",
                    failure.getClass().getName());
            fail(ConnectionEnd.INTERNAL_ERROR, "receiver failed", failure);
        }
    }

    private void fail(int code, String reason, @Nullable Throwable cause) {
        if (end(new ConnectionEnd(code, reason, Side.CLIENT, cause))) {
            peer().tasks.add(() -> peer().arrive(() -> peer().closed(code, reason)));
        }
    }

    /** Tells the receiver, the first time. */
    private boolean end(ConnectionEnd end) {
        if (ended) {
            return false;
        }
        ended = true;
        closing.set(true);
        open.remove(this);
        over.complete(null);
        while (!held.isEmpty()) {
            held.remove().run();
        }
        try {
            receiver.onEnd(end);
        } catch (RuntimeException | Error failure) {
            log.warn(
                    "A receiver threw {} at the end of its connection",
                    failure.getClass().getName());
        }
        return true;
    }

    private record Message(ByteBuffer bytes, CompletableFuture<Void> sent) {}
}
