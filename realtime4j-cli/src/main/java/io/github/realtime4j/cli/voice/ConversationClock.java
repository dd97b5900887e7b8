package io.github.realtime4j.cli.voice;

import io.github.realtime4j.voice.VoiceClock;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The time of a conversation, 0 until it is let go. It can be stopped while the far end thinks, and it may run faster than the world's:
 * then it waits for those who sleep too long, since a scheduler's hiccup is many times as long in such a time. Safe for use
 * by any thread.
 */
public final class ConversationClock implements VoiceClock {
    private final int speed;
    private final LongSupplier world;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    /** When those who sleep are to wake up. */
    private final PriorityQueue<Long> deadlines = new PriorityQueue<>();

    private long time;
    private long askedAt;
    private boolean stopped = true;

    private ConversationClock(int speed, LongSupplier world) {
        this.speed = speed;
        this.world = world;
        this.askedAt = world.getAsLong();
    }

    /** Runs as the world's time does. */
    public static ConversationClock realTime() {
        return faster(1);
    }

    /** Runs this many times as fast as the world's time. */
    public static ConversationClock faster(int speed) {
        return of(speed, System::nanoTime);
    }

    static ConversationClock of(int speed, LongSupplier world) {
        return new ConversationClock(speed, world);
    }

    private boolean isFast() {
        return speed > 1;
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return advance();
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds from the start. */
    public long millis() {
        return nanos() / 1_000_000;
    }

    private long advance() {
        long now = world.getAsLong();
        long due = stopped ? time : time + (now - askedAt) * speed;
        Long earliest = deadlines.peek();
        if (isFast() && earliest != null) {
            due = Math.min(due, earliest);
        }
        time = Math.max(time, due);
        askedAt = now;
        return time;
    }

    /** Time stands still until {@link #go}. */
    public void stop() {
        lock.lock();
        try {
            advance();
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    public void go() {
        lock.lock();
        try {
            advance();
            stopped = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        deadlines.add(nanos);
        try {
            for (long left = nanos - advance(); left > 0; left = nanos - advance()) {
                changed.awaitNanos(stopped ? Long.MAX_VALUE : left / speed + 1);
            }
        } finally {
            deadlines.remove(nanos);
            lock.unlock();
        }
    }
}
