package io.github.realtime4j.server.http;

import java.time.Duration;

/** Time, for what must happen later: a scheduler in a server, a hand-moved clock in a test. */
@FunctionalInterface
public interface Alarm {
    /** Runs a short task after a delay, on any thread; not before this call has returned. */
    void after(Duration delay, Runnable task);
}
