package io.github.realtime4j.session;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way out, in two lanes. Audio waits in a bounded lane and is handed to the connection a little at a
 * time, so that a command is never behind more than {@link #WINDOW} bytes of it. Commands overtake audio where the order
 * means nothing; what is said about the audio ({@code commit}, {@code clear}) stays behind it, and what follows that stays
 * behind that.
 *
 * <p>Safe from any thread. The connection is never written to under the lock.
 */
public final class Outgoing {
    /** Bytes that the connection may hold before audio waits here: about a second of base64. */
    static final int WINDOW = 64 << 10;

    /** A message of this size waits until the connection holds nothing, so that it fits whatever the bound. */
    static final int LARGE = 1 << 20;

    private final int maxAudioBytes;
    private final Connection connection;
    private final Consumer<ByteBuffer[]> sent;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // All guarded by the lock.
    private final ArrayDeque<Message> commands = new ArrayDeque<>(4);
    private final ArrayDeque<Message> ordered = new ArrayDeque<>(4);
    private int commandsAmongOrdered;
    private long audioBytes;
    private boolean pumping;
    private boolean pumpAgain;
    private @Nullable String goodbye;
    private @Nullable RuntimeException end;

    /** Whether something waits that a completed write may let go. */
    private volatile boolean waiting;

    /** A message that waits. */
    private static final class Message {
        private final ByteBuffer[] slices;
        private final int bytes;
        private final boolean audio;

        Message(ByteBuffer[] slices, boolean audio) {
            this.slices = slices;
            this.bytes = size(slices);
            this.audio = audio;
        }
    }

    /** How a command relates to the audio that was appended before it. */
    public enum Order {
        /** Overtakes audio and what stays behind it: what stops something. */
        URGENT,
        /** Overtakes audio, and stays behind what stays behind audio. */
        FREE,
        /** Stays behind all audio: it is about it. */
        AFTER_AUDIO
    }

    /**
     * @param maxAudioBytes audio that may wait; one message of any size may if nothing waits
     * @param sent sees each message as it leaves
     */
    public Outgoing(int maxAudioBytes, Connection connection, Consumer<ByteBuffer[]> sent) {
        this.maxAudioBytes = maxAudioBytes;
        this.connection = connection;
        this.sent = sent;
    }

    /** Queues a command; {@link #pump} sends it. */
    public void command(ByteBuffer[] slices, Order order) {
        Message message = new Message(slices, false);
        lock.lock();
        try {
            boolean behindAudio = order == Order.AFTER_AUDIO || (order == Order.FREE && commandsAmongOrdered > 0);
            if (behindAudio && !ordered.isEmpty()) {
                ordered.add(message);
                commandsAmongOrdered++;
            } else {
                commands.add(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues audio and sends what may be sent.
     *
     * @param wait whether to wait for room, however long
     * @return false if there is no room and the caller does not wait
     * @throws CancellationException if the thread is interrupted while it waits
     * @throws RuntimeException why nothing is sent any more
     */
    public boolean audio(ByteBuffer[] slices, boolean wait) {
        Message message = new Message(slices, true);
        lock.lock();
        try {
            while (end == null && audioBytes > 0 && audioBytes + message.bytes > maxAudioBytes) {
                if (!wait) {
                    return false;
                }
                room.await();
            }
            if (end != null) {
                throw end;
            }
            audioBytes += message.bytes;
            ordered.add(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for room");
        } finally {
            lock.unlock();
        }
        pump();
        return true;
    }

    private static int size(ByteBuffer[] slices) {
        int size = 0;
        for (ByteBuffer slice : slices) {
            size += slice.remaining();
        }
        return size;
    }

    /** Sends what may be sent now; more is sent when the connection has written. */
    public void pump() {
        lock.lock();
        try {
            if (pumping) {
                pumpAgain = true;
                return;
            }
            pumping = true;
        } finally {
            lock.unlock();
        }
        for (Message next = next(); next != null; next = next()) {
            sent.accept(next.slices);
            CompletionStage<Void> written = connection.send(next.slices);
            written.whenComplete((ok, problem) -> {
                if (waiting) {
                    pump();
                }
            });
        }
        String reason = goodbyeIfDone();
        if (reason != null) {
            connection.close(ConnectionEnd.NORMAL, reason);
        }
    }

    /** The next message that may go; null ends the pumping. */
    private @Nullable Message next() {
        lock.lock();
        try {
            while (true) {
                Message next = poll();
                waiting = next == null && !(commands.isEmpty() && ordered.isEmpty());
                if (next != null) {
                    return next;
                }
                // A write may have completed between the look at the connection and the word that something waits.
                if (waiting && mayGo()) {
                    continue;
                }
                if (!pumpAgain) {
                    pumping = false;
                    return null;
                }
                pumpAgain = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mayGo() {
        Message command = commands.peek();
        if (command != null) {
            return mayGo(command);
        }
        Message first = ordered.peek();
        return first != null && mayGo(first);
    }

    private boolean mayGo(Message message) {
        if (message.audio || message.bytes >= LARGE) {
            return connection.queuedBytes() < (message.bytes >= LARGE ? 1 : WINDOW);
        }
        return connection.isWritable();
    }

    private @Nullable Message poll() {
        Message command = commands.peek();
        if (command != null) {
            return mayGo(command) ? commands.poll() : null;
        }
        Message first = ordered.peek();
        if (first == null || !mayGo(first)) {
            return null;
        }
        ordered.remove();
        if (first.audio) {
            audioBytes -= first.bytes;
            room.signalAll();
        } else {
            commandsAmongOrdered--;
        }
        return first;
    }

    /** Closes the connection when everything queued has been handed on. */
    public void close(String reason) {
        lock.lock();
        try {
            goodbye = reason;
        } finally {
            lock.unlock();
        }
        pump();
    }

    private @Nullable String goodbyeIfDone() {
        lock.lock();
        try {
            String reason = pumping || !commands.isEmpty() || !ordered.isEmpty() ? null : goodbye;
            goodbye = reason == null ? goodbye : null;
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, and lets nobody wait. */
    public void end(RuntimeException why) {
        lock.lock();
        try {
            end = end == null ? why : end;
            commands.clear();
            ordered.clear();
            commandsAmongOrdered = 0;
            audioBytes = 0;
            waiting = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Audio bytes, as they are on the wire, that wait here or in the connection. */
    public long queuedBytes() {
        lock.lock();
        try {
            return audioBytes + connection.queuedBytes();
        } finally {
            lock.unlock();
        }
    }
}
