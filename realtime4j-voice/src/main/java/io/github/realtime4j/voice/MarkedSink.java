package io.github.realtime4j.voice;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose far end tells by marks what it has played: a telephone gateway, a browser. After every piece of sound a mark
 * is sent, and what is before an acknowledged mark has been heard. Marks that come back after a {@link #flush} because their
 * sound was thrown away do not count.
 */
public final class MarkedSink implements AudioSink {
    private final Line line;
    private final int sampleRate;
    private final Duration ahead;
    private final long most;

    /** Held while the line is used; taken without the monitor. */
    private final ReentrantLock sending = new ReentrantLock();

    // All guarded by this.
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long underWay;
    private long played;
    private long count;
    private int flushes;
    private boolean clearDue;
    private boolean closed;

    private record Mark(String name, int samples) {}

    /** The way to the far end. Called by one thread at a time. A method that waits holds up the next sound, and nothing else. */
    public interface Line {
        /** Sends sound, of any length; it is played after what was sent before. */
        void audio(short[] samples, int offset, int length) throws IOException;

        /** Sends a mark, which comes back when everything before it has been played. */
        void mark(String name) throws IOException;

        /** Has the far end throw away what it has not played. */
        void clear() throws IOException;
    }

    /**
     * @param ahead how much may be under way before {@link #write} waits. The far end runs dry if this is less than its buffer
     *     and the way there and back; a second is enough for the internet, and costs nothing, since a flush clears it
     */
    public MarkedSink(Line line, int sampleRate, Duration ahead) {
        this.line = line;
        this.sampleRate = sampleRate;
        this.ahead = ahead;
        this.most = Pacer.samples(ahead.toNanos(), sampleRate);
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
    public Duration ahead() {
        return ahead;
    }

    @Override
    public void write(short[] samples, int offset, int length) throws IOException {
        Mark mark = enter(length);
        if (mark == null) {
            return;
        }
        sending.lock();
        try {
            if (isWanted(mark)) {
                line.audio(samples, offset, length);
                line.mark(mark.name);
            }
        } finally {
            sending.unlock();
        }
        clear();
    }

    /** Waits for room; null if it has been silenced meanwhile. */
    private synchronized @Nullable Mark enter(int length) throws InterruptedIOException {
        int before = flushes;
        try {
            while (underWay > 0 && underWay + length > most && !closed && flushes == before) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the far end was playing");
        }
        if (closed || flushes != before) {
            return null;
        }
        Mark mark = new Mark("realtime4j-" + ++count, length);
        marks.add(mark);
        underWay += length;
        return mark;
    }

    private synchronized boolean isWanted(Mark mark) {
        return marks.contains(mark);
    }

    @Override
    public synchronized long playedSamples() {
        return played;
    }

    @Override
    public void flush() {
        silence(false);
    }

    private void silence(boolean forGood) {
        synchronized (this) {
            flushes++;
            marks.clear();
            underWay = 0;
            clearDue |= !closed;
            closed |= forGood;
            notifyAll();
        }
        clear();
    }

    /** Tells the far end to throw away what it has; while somebody is sending, that one does it. */
    private void clear() {
        while (isClearDue() && sending.tryLock()) {
            try {
                if (takeClearDue()) {
                    line.clear();
                }
            } catch (IOException e) {
                // Whoever writes next learns of it.
            } finally {
                sending.unlock();
            }
        }
    }

    private synchronized boolean isClearDue() {
        return clearDue;
    }

    private synchronized boolean takeClearDue() {
        boolean due = clearDue;
        clearDue = false;
        return due;
    }

    @Override
    public synchronized void drain() throws InterruptedException {
        while (!marks.isEmpty() && !closed) {
            wait();
        }
    }

    @Override
    public void close() {
        silence(true);
    }
}
