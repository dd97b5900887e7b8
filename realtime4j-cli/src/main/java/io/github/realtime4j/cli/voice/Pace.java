package io.github.realtime4j.cli.voice;

import java.io.InterruptedIOException;

/** Lets samples through when they are due, counted from the beginning of a conversation. Confined to one thread. */
public final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final ConversationClock clock;
    private final int sampleRate;
    private long samples;

    public Pace(ConversationClock clock, int sampleRate) {
        this.clock = clock;
        this.sampleRate = sampleRate;
    }

    /** Waits until the next so many samples would have been spoken. */
    public void await(int count) throws InterruptedIOException {
        samples += count;
        try {
            clock.sleepUntil(samples / sampleRate * SECOND + samples % sampleRate * SECOND / sampleRate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the user was speaking");
        }
    }
}
