package io.github.realtime4j.cli.voice;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The time of a conversation, in samples of {@link #RATE} since its start. It may run faster than the world's, and it can
 * be stopped while the far end thinks. Safe for use by any thread.
 */
public final class ConversationClock {
    /** Samples per second. */
    public static final int RATE = 24_000;

    private static final double NANOS_PER_SAMPLE = 1e9 / RATE;

    private final double speed;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** World time at which the conversation's would have been 0, had it never stopped. */
    private long origin;

    /** World time of the last stop; meaningful while stopped. */
    private long stoppedAt;

    private boolean stopped;

    private ConversationClock(double speed, LongSupplier nanos) {
        this.speed = speed;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    /** Starts now. */
    public static ConversationClock realTime() {
        return faster(1);
    }

    /** Starts now and runs this many times as fast as the world's time. */
    public static ConversationClock faster(double speed) {
        return new ConversationClock(speed, System::nanoTime);
    }

    static ConversationClock of(double speed, LongSupplier nanos) {
        return new ConversationClock(speed, nanos);
    }

    /** Samples since the start. */
    public long now() {
        lock.lock();
        try {
            return samples((stopped ? stoppedAt : nanos.getAsLong()) - origin);
        } finally {
            lock.unlock();
        }
    }

    private long samples(long worldNanos) {
        return (long) (worldNanos * speed / NANOS_PER_SAMPLE);
    }

    public static long millis(long samples) {
        return samples * 1_000 / RATE;
    }

    public static long samplesIn(long millis) {
        return millis * RATE / 1_000;
    }

    /** Time stands still until {@link #go}. */
    public void stop() {
        lock.lock();
        try {
            if (!stopped) {
                stopped = true;
                stoppedAt = nanos.getAsLong();
            }
        } finally {
            lock.unlock();
        }
    }

    public void go() {
        lock.lock();
        try {
            if (stopped) {
                stopped = false;
                origin += nanos.getAsLong() - stoppedAt;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this time has come; at once if it is over. */
    public void sleepUntil(long sample) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = left(sample); left > 0; left = left(sample)) {
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** World nanoseconds until this time; for ever while stopped. */
    private long left(long sample) {
        long due = origin + (long) Math.ceil(sample * NANOS_PER_SAMPLE / speed);
        return stopped ? Long.MAX_VALUE : due - nanos.getAsLong();
    }
}
