package io.github.realtime4j.voice;

import java.util.concurrent.TimeUnit;

/**
 * The time of a conversation: monotonic, from any origin. Files are paced by it, and sinks without a device play by it; a
 * device has a clock of its own. Safe from any thread.
 */
public interface VoiceClock {
    /** The world's time. */
    VoiceClock SYSTEM = new VoiceClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        }
    };

    /** Now. */
    long nanos();

    /** Waits until this time has come; at once if it is over. */
    void sleepUntil(long nanos) throws InterruptedException;
}
