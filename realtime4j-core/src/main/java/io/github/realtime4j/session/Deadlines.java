package io.github.realtime4j.session;

import java.time.Duration;

/** Where waiting takes its time from. What is due runs in the confinement of the one who asked. */
public interface Deadlines {
    /** Runs a task once after a delay, unless it is cancelled before. */
    Deadline after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Deadline {
        Deadline NONE = () -> {};

        /** Later calls, and calls after the task has run, have no effect. */
        void cancel();
    }
}
