package io.github.realtime4j.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in order, on an executor.
 *
 * <p>An executor that runs its tasks at once is welcome: what a running task of any {@code SerialTasks} starts is run
 * after it by the same thread, never inside it, so nothing recurses and the order is always the same. An executor that was
 * shut down is replaced by the calling thread, so that connections still end.
 */
final class SerialTasks {
    /** What this thread has yet to run, while it is running some. */
    private static final ThreadLocal<@Nullable Queue<SerialTasks>> RUNNING = new ThreadLocal<>();

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    SerialTasks(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            try {
                executor.execute(this::start);
            } catch (RejectedExecutionException shutDown) {
                start();
            }
        }
    }

    private void start() {
        Queue<SerialTasks> running = RUNNING.get();
        if (running != null) {
            running.add(this);
            return;
        }
        running = new ArrayDeque<>();
        RUNNING.set(running);
        try {
            for (SerialTasks next = this; next != null; next = running.poll()) {
                next.run();
            }
        } finally {
            RUNNING.remove();
        }
    }

    private void run() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
