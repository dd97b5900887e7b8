package io.github.realtime4j.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes when a test says so, on the test's thread. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Timer<?>> timers = new ArrayList<>();
    private long now;

    private final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long due;

        Timer(Callable<V> task, long due) {
            super(task);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            synchronized (timers) {
                timers.remove(this);
            }
            return super.cancel(mayInterrupt);
        }
    }

    public long nanoTime() {
        synchronized (timers) {
            return now;
        }
    }

    /** How many timers wait. */
    public int waiting() {
        synchronized (timers) {
            return timers.size();
        }
    }

    /** Lets time pass and runs what becomes due, in order. */
    public void advance(Duration duration) {
        long until = nanoTime() + duration.toNanos();
        for (Timer<?> next = next(until); next != null; next = next(until)) {
            next.run();
        }
        synchronized (timers) {
            now = until;
        }
    }

    private Timer<?> next(long until) {
        synchronized (timers) {
            Timer<?> next = timers.stream()
                    .filter(timer -> timer.due <= until)
                    .min(Comparator.comparingLong(timer -> timer.due))
                    .orElse(null);
            if (next != null) {
                timers.remove(next);
                now = Math.max(now, next.due);
            }
            return next;
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        synchronized (timers) {
            Timer<V> timer = new Timer<>(task, now + unit.toNanos(delay));
            timers.add(timer);
            return timer;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    /** Forgets what waits. */
    @Override
    public List<Runnable> shutdownNow() {
        synchronized (timers) {
            timers.clear();
        }
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
