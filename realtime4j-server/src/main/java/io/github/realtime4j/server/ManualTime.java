package io.github.realtime4j.server;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that stands still until it is told to pass: an hour's session expires in a test at once. Safe for any thread. */
public final class ManualTime implements ServerTime {
    private final PriorityQueue<Scheduled> tasks = new PriorityQueue<>();
    private Instant now;
    private long count;

    /** Begins at the given moment. */
    public ManualTime(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable task) {
        Scheduled scheduled = new Scheduled(now.plus(delay), count++, task);
        tasks.add(scheduled);
        return () -> cancel(scheduled);
    }

    private synchronized void cancel(Scheduled scheduled) {
        tasks.remove(scheduled);
    }

    /** Lets time pass: runs what comes due, on the calling thread, in order, each task at its own moment. */
    public void advance(Duration duration) {
        Instant end = instant().plus(duration);
        for (Scheduled due = takeDue(end); due != null; due = takeDue(end)) {
            due.task.run();
        }
    }

    /** How many tasks wait for their moment. */
    public synchronized int pending() {
        return tasks.size();
    }

    private synchronized @Nullable Scheduled takeDue(Instant end) {
        Scheduled first = tasks.peek();
        if (first == null || first.at.isAfter(end)) {
            now = end;
            return null;
        }
        now = first.at.isAfter(now) ? first.at : now;
        return tasks.poll();
    }

    private record Scheduled(Instant at, long order, Runnable task) implements Comparable<Scheduled> {
        @Override
        public int compareTo(Scheduled other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }
}
