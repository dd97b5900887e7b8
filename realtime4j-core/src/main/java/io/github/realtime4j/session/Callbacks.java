package io.github.realtime4j.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Where the application's code runs. When that has been shut down, the caller runs it: no future is left open. */
public final class Callbacks implements Executor {
    private final Executor executor;

    public Callbacks(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }
}
