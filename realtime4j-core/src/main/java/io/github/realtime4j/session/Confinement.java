package io.github.realtime4j.session;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One at a time for the state of a session: whoever changes it, the I/O thread or the application's, does so under one
 * lock, for a short time, and calls nobody meanwhile. What is to be done outside, because it may call somebody, is put
 * off with {@link #after} and done, in order, when the lock is free.
 */
public final class Confinement {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
    private final AtomicInteger putOff = new AtomicInteger();

    public void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            release();
        }
    }

    public <T> T get(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            release();
        }
    }

    private void release() {
        lock.unlock();
        if (!lock.isHeldByCurrentThread() && !afterwards.isEmpty() && putOff.getAndIncrement() == 0) {
            catchUp();
        }
    }

    /** By one thread at a time; who comes meanwhile leaves its work to that one. */
    private void catchUp() {
        int seen;
        do {
            seen = putOff.get();
            for (Runnable action = afterwards.poll(); action != null; action = afterwards.poll()) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("An action of the session failed; the session goes on", e);
                }
            }
        } while (!putOff.compareAndSet(seen, 0));
    }

    /** Does this when the lock is free, after what was put off before; without the lock, at once. */
    public void after(Runnable action) {
        afterwards.add(action);
        if (!lock.isHeldByCurrentThread() && putOff.getAndIncrement() == 0) {
            catchUp();
        }
    }

    /** An executor whose tasks are handed over only when the lock is free. */
    public Executor putOff(Executor executor) {
        return task -> after(() -> executor.execute(task));
    }

    /** Deadlines whose tasks run under the lock. */
    public Deadlines deadlines(ScheduledExecutorService timer) {
        return (delay, task) -> schedule(timer, delay, task);
    }

    private Deadlines.Deadline schedule(ScheduledExecutorService timer, Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> scheduled = timer.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException shutDown) {
            // The client has been closed, and the end of the connection settles everything.
            return Deadlines.Deadline.NONE;
        }
    }
}
