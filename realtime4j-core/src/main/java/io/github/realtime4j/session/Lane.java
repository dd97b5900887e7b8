package io.github.realtime4j.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs what it is given one after the other, in order, on an executor: the handlers of one session. What waits is counted
 * at the gate. Safe from any thread.
 */
public final class Lane {
    private final Executor executor;
    private final ReadGate gate;

    // Guarded by this.
    private @Nullable ArrayDeque<Task> tasks;
    private boolean running;

    private record Task(Runnable work, int bytes) {}

    public Lane(Executor executor, ReadGate gate) {
        this.executor = executor;
        this.gate = gate;
    }

    /** @param bytes of the wire that the work stands for */
    public void add(Runnable work, int bytes) {
        gate.waiting(bytes);
        synchronized (this) {
            if (tasks == null) {
                tasks = new ArrayDeque<>();
            }
            tasks.add(new Task(work, bytes));
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.work.run();
            } finally {
                gate.taken(task.bytes);
            }
        }
    }

    /** An idle lane keeps no queue. */
    private synchronized @Nullable Task next() {
        Task task = tasks == null ? null : tasks.poll();
        if (task == null) {
            tasks = null;
            running = false;
        }
        return task;
    }
}
