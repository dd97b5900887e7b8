package io.github.realtime4j.session;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where the application's code runs. When that has been shut down, or has no thread, the caller runs it: no future is left
 * open, and no lane stands still.
 */
public final class Callbacks implements Executor {
    private final Executor executor;

    public Callbacks(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        Once once = new Once(task);
        try {
            executor.execute(once);
        } catch (RuntimeException | Error e) {
            if (once.isBegun()) {
                throw e;
            }
            once.run();
        }
    }

    /** An executor may throw although it has taken a task, and a task may throw what its executor would. */
    private static final class Once implements Runnable {
        private final Runnable task;
        private final AtomicBoolean begun = new AtomicBoolean();

        Once(Runnable task) {
            this.task = task;
        }

        boolean isBegun() {
            return begun.get();
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                task.run();
            }
        }
    }
}
