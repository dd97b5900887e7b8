package io.github.realtime4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what was scheduled when told. */
final class ManualRestTimer extends ScheduledThreadPoolExecutor {
    final Queue<Runnable> scheduled = new ArrayDeque<>();
    final List<Long> delays = new ArrayList<>();

    ManualRestTimer() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        scheduled.add(task);
        delays.add(unit.toMillis(delay));
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    void elapse() {
        scheduled.remove().run();
    }
}
