package io.github.realtime4j.session;

import io.github.realtime4j.transport.Connection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading while the application is behind: counts the bytes of events that wait for it, and pauses the connection
 * above a bound until half of that has been taken. Safe from any thread.
 */
public final class ReadGate {
    /** About a minute of speech. */
    public static final long PAUSE_AT = 4 << 20;

    private final AtomicLong waiting = new AtomicLong();
    private volatile @Nullable Connection connection;
    private boolean paused;

    /** @param connection that is read; null when there is none any more */
    public void attach(@Nullable Connection connection) {
        this.connection = connection;
        regulate();
    }

    /** Counts bytes in. */
    public void waiting(int bytes) {
        if (waiting.addAndGet(bytes) > PAUSE_AT) {
            regulate();
        }
    }

    /** Counts bytes out. */
    public void taken(int bytes) {
        long left = waiting.addAndGet(-bytes);
        if (left <= PAUSE_AT / 2 && left + bytes > PAUSE_AT / 2) {
            regulate();
        }
    }

    private synchronized void regulate() {
        Connection reading = connection;
        long bytes = waiting.get();
        if (reading == null) {
            paused = false;
        } else if (!paused && bytes > PAUSE_AT) {
            paused = true;
            reading.pauseReading();
        } else if (paused && bytes <= PAUSE_AT / 2) {
            paused = false;
            reading.resumeReading();
        }
    }
}
