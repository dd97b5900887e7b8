package io.github.realtime4j.cli.voice;

import io.github.realtime4j.voice.VoiceClock;
import java.io.InterruptedIOException;

/** Lets samples through when they are due, counted from the first. Confined to one thread. */
public final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final VoiceClock clock;
    private final int sampleRate;
    private long start = Long.MIN_VALUE;
    private long samples;

    public Pace(VoiceClock clock, int sampleRate) {
        this.clock = clock;
        this.sampleRate = sampleRate;
    }

    /** Waits until the next so many samples would have been spoken. */
    public void await(int count) throws InterruptedIOException {
        if (start == Long.MIN_VALUE) {
            start = clock.nanos();
        }
        samples += count;
        try {
            clock.sleepUntil(start + samples / sampleRate * SECOND + samples % sampleRate * SECOND / sampleRate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the user was speaking");
        }
    }
}
