package io.github.realtime4j.server.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one at a time, in order, on threads shared with all sessions. A task never blocks. With
 * {@code Runnable::run} as the threads, a task runs at once on the caller's thread, or after the task that added it.
 */
final class SerialLoop implements Executor {
    /** Tasks in a row before other sessions have their turn. */
    private static final int TURN = 128;

    private final Executor threads;
    private final Consumer<Throwable> onFailure;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param onFailure told, in the loop, of a task that threw; the loop goes on */
    SerialLoop(Executor threads, Consumer<Throwable> onFailure) {
        this.threads = threads;
        this.onFailure = onFailure;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            start();
        }
    }

    private void start() {
        try {
            threads.execute(this::takeTurn);
        } catch (RejectedExecutionException closed) {
            // The server has been closed: what is left is that its connections end.
            takeTurn();
        }
    }

    private void takeTurn() {
        for (int i = 0; i < TURN; i++) {
            Runnable task = tasks.poll();
            if (task != null) {
                run(task);
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
        }
        start();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            onFailure.accept(failure);
        }
    }
}
