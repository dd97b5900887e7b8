package io.github.realtime4j.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** An executor whose tasks run when a test says so. */
final class QueuedTasks implements Executor {
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    int size() {
        return tasks.size();
    }

    void run(int index) {
        tasks.remove(index).run();
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            run(0);
        }
    }
}
