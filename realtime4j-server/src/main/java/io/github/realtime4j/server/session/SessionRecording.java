package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.transport.ConnectionEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps messages as bytes and reads them when asked. Bounded: the oldest go first. */
final class SessionRecording implements RecordedSession {
    private static final int MAX_ENTRIES = 100_000;

    private final Opening opening;
    private final long maxBytes;
    private final CompletableFuture<ConnectionEnd> end = new CompletableFuture<>();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    private volatile @Nullable String sessionId;

    /** @param maxBytes 0 to keep nothing */
    SessionRecording(Opening opening, long maxBytes) {
        this.opening = opening;
        this.maxBytes = maxBytes;
    }

    boolean keeps() {
        return maxBytes > 0;
    }

    void sessionId(String id) {
        sessionId = id;
    }

    void ended(ConnectionEnd how) {
        end.complete(how);
    }

    synchronized void add(Instant at, Direction direction, ByteBuffer... slices) {
        if (!keeps()) {
            return;
        }
        int length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        byte[] utf8 = new byte[length];
        int position = 0;
        for (ByteBuffer slice : slices) {
            int size = slice.remaining();
            slice.duplicate().get(utf8, position, size);
            position += size;
        }
        messages.add(new Message(at, direction, utf8));
        bytes += length;
        while (messages.size() > 1 && (bytes > maxBytes || messages.size() > MAX_ENTRIES)) {
            bytes -= messages.remove().utf8.length;
            dropped++;
        }
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public @Nullable String sessionId() {
        return sessionId;
    }

    @Override
    public List<Entry> entries() {
        List<Message> copy;
        synchronized (this) {
            copy = List.copyOf(messages);
        }
        return copy.stream().map(Message::entry).toList();
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public @Nullable ConnectionEnd end() {
        return end.getNow(null);
    }

    @Override
    public ConnectionEnd awaitEnd(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            return end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Message {
        private final Instant at;
        private final Direction direction;
        private final byte[] utf8;

        Message(Instant at, Direction direction, byte[] utf8) {
            this.at = at;
            this.direction = direction;
            this.utf8 = utf8;
        }

        Entry entry() {
            String text = new String(utf8, StandardCharsets.UTF_8);
            JsonObject event;
            try {
                event = JsonObject.parse(text);
            } catch (MalformedJsonException e) {
                event = JsonObject.of("malformed", text);
            }
            return new Entry(at, direction, event);
        }
    }
}
