package io.github.realtime4j.voice;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A sink whose far end tells by marks what it has played: a telephone gateway, a browser. After every piece of sound a mark
 * is sent, and what is before an acknowledged mark has been heard. Marks that come back after a {@link #flush} because their
 * sound was thrown away do not count.
 */
public final class MarkedSink implements AudioSink {
    private final Line line;
    private final int sampleRate;
    private final long ahead;

    // All guarded by this.
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long underWay;
    private long played;
    private long count;
    private int flushes;
    private boolean closed;

    private record Mark(String name, int samples) {}

    /** The way to the far end. Called by one thread at a time; each method returns when the message is on its way. */
    public interface Line {
        /** Sends sound; it is played after what was sent before. */
        void audio(short[] samples, int offset, int length) throws IOException;

        /** Sends a mark, which comes back when everything before it has been played. */
        void mark(String name) throws IOException;

        /** Has the far end throw away what it has not played. */
        void clear() throws IOException;
    }

    /** @param ahead how much may be under way before {@link #write} waits */
    public MarkedSink(Line line, int sampleRate, Duration ahead) {
        this.line = line;
        this.sampleRate = sampleRate;
        this.ahead = Pacer.samples(ahead.toNanos(), sampleRate);
    }

    /** The far end has played everything before this mark. A mark that is not known has no effect. */
    public synchronized void played(String mark) {
        if (marks.stream().anyMatch(each -> each.name.equals(mark))) {
            Mark acknowledged;
            do {
                acknowledged = marks.remove();
                played += acknowledged.samples;
                underWay -= acknowledged.samples;
            } while (!acknowledged.name.equals(mark));
            notifyAll();
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public synchronized void write(short[] samples, int offset, int length) throws IOException {
        int before = flushes;
        try {
            while (underWay > 0 && underWay + length > ahead && !closed && flushes == before) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the far end was playing");
        }
        if (!closed && flushes == before) {
            String name = "realtime4j-" + ++count;
            marks.add(new Mark(name, length));
            underWay += length;
            line.audio(samples, offset, length);
            line.mark(name);
        }
    }

    @Override
    public synchronized long playedSamples() {
        return played;
    }

    @Override
    public synchronized void flush() {
        flushes++;
        marks.clear();
        underWay = 0;
        notifyAll();
        if (!closed) {
            try {
                line.clear();
            } catch (IOException e) {
                // Whoever writes next learns of it.
            }
        }
    }

    @Override
    public synchronized void drain() throws InterruptedException {
        while (!marks.isEmpty() && !closed) {
            wait();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            flush();
            closed = true;
        }
    }
}
