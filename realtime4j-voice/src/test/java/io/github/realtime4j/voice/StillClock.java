package io.github.realtime4j.voice;

/** A clock that moves when somebody waits, or is told to. */
final class StillClock implements VoiceClock {
    private long now;

    synchronized void pass(long millis) {
        now += millis * 1_000_000;
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanos) {
        now = Math.max(now, nanos);
    }
}
