package io.github.realtime4j.voice;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A loudspeaker that exists in arithmetic only: it plays by a clock. What it plays goes to an ear: without a gap from the
 * opening to the end, silence included, and faded out where it is cut off.
 */
public final class ClockedSink implements AudioSink {
    private static final Duration FADE = Duration.ofMillis(5);

    /** How soon a writer that waits finds that it has been silenced. */
    private static final Duration STEP = Duration.ofMillis(10);

    private final int sampleRate;
    private final int capacity;
    private final int fade;
    private final int step;
    private final VoiceClock clock;
    private final Consumer<short[]> ear;
    private final long start;

    // All guarded by this.
    private final ArrayDeque<short[]> queue = new ArrayDeque<>();
    private int from;
    private int queued;
    private long played;

    /** Samples that the ear has had, silence and fades included. */
    private long emitted;

    private int flushes;
    private boolean closed;

    /**
     * @param buffer how much it takes before {@link #write} waits
     * @param clock by which it plays, from now on
     * @param ear gets fresh arrays, on whatever thread calls; it must not call back
     */
    public ClockedSink(int sampleRate, Duration buffer, VoiceClock clock, Consumer<short[]> ear) {
        this.sampleRate = sampleRate;
        this.capacity = Math.toIntExact(Pacer.samples(buffer.toNanos(), sampleRate));
        this.step = Math.toIntExact(Pacer.samples(STEP.toNanos(), sampleRate));
        this.fade = Math.toIntExact(Pacer.samples(FADE.toNanos(), sampleRate));
        this.clock = clock;
        this.ear = ear;
        this.start = clock.nanos();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public void write(short[] samples, int offset, int length) throws InterruptedIOException {
        int before = flushes();
        for (int done = 0; done < length; ) {
            int taken = take(samples, offset + done, length - done, before);
            if (taken < 0) {
                return;
            }
            done += taken;
            if (done < length) {
                await(Math.min(length - done, Math.min(capacity, step)));
            }
        }
    }

    private synchronized int flushes() {
        return flushes;
    }

    /** As many as there is room for; -1 if it has been silenced since. */
    private synchronized int take(short[] samples, int offset, int length, int before) {
        if (closed || flushes != before) {
            return -1;
        }
        advance();
        int count = Math.min(length, capacity - queued);
        if (count > 0) {
            queue.add(Arrays.copyOfRange(samples, offset, offset + count));
            queued += count;
        }
        return count;
    }

    /** Waits until so many more have been played. */
    private void await(int count) throws InterruptedIOException {
        try {
            clock.sleepUntil(clock.nanos() + Pacer.nanos(count, sampleRate));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the buffer was full");
        }
    }

    @Override
    public synchronized long playedSamples() {
        advance();
        return played;
    }

    private void advance() {
        if (closed) {
            return;
        }
        long due = Pacer.samples(clock.nanos() - start, sampleRate);
        while (emitted < due) {
            int count = (int) Math.min(due - emitted, queued == 0 ? sampleRate : queued);
            short[] heard = new short[count];
            if (queued > 0) {
                poll(heard);
                played += count;
            }
            emit(heard);
        }
    }

    private void poll(short[] target) {
        for (int filled = 0; filled < target.length; ) {
            short[] head = queue.element();
            int count = Math.min(target.length - filled, head.length - from);
            System.arraycopy(head, from, target, filled, count);
            filled += count;
            from += count;
            queued -= count;
            if (from == head.length) {
                queue.remove();
                from = 0;
            }
        }
    }

    private void emit(short[] samples) {
        emitted += samples.length;
        ear.accept(samples);
    }

    @Override
    public synchronized void flush() {
        advance();
        flushes++;
        if (queued > 0 && !closed) {
            short[] last = new short[Math.min(queued, fade)];
            poll(last);
            for (int i = 0; i < last.length; i++) {
                last[i] = (short) (last[i] * (last.length - i) / (last.length + 1));
            }
            emit(last);
        }
        queue.clear();
        from = 0;
        queued = 0;
    }

    @Override
    public void drain() throws InterruptedException {
        for (int left = left(); left > 0; left = left()) {
            clock.sleepUntil(clock.nanos() + Pacer.nanos(left, sampleRate) + 1);
        }
    }

    private synchronized int left() {
        advance();
        return closed ? 0 : queued;
    }

    /** Silent from here on; the ear has heard all until now. */
    @Override
    public synchronized void close() {
        flush();
        closed = true;
    }
}
