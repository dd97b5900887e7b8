package io.github.realtime4j.server;

import java.time.Duration;
import java.time.InstantSource;

/** Where a server takes its time from: expiry, pacing and idle timeouts all come from here. Safe for any thread. */
public interface ServerTime extends InstantSource {
    /**
     * Runs a task once. The task is short: it only hands work on.
     *
     * @return calls the task off; does nothing once it has run
     */
    Runnable schedule(Duration delay, Runnable task);

    /** The computer's clock, and one daemon thread shared by all servers. */
    static ServerTime system() {
        return SystemTime.INSTANCE;
    }
}
