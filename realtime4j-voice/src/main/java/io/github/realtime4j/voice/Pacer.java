package io.github.realtime4j.voice;

import org.jspecify.annotations.Nullable;

/**
 * Lets samples through when they are due. Each deadline counts from the first sample, so that lateness does not add up.
 * Confined to one thread.
 */
final class Pacer {
    private final VoiceClock clock;
    private final int sampleRate;
    private @Nullable Long start;
    private long samples;

    Pacer(VoiceClock clock, int sampleRate) {
        this.clock = clock;
        this.sampleRate = sampleRate;
    }

    /** Waits until the next so many samples would have been recorded. */
    void await(int count) throws InterruptedException {
        if (start == null) {
            start = clock.nanos();
        }
        samples += count;
        clock.sleepUntil(start + nanos(samples, sampleRate));
    }

    /** How long so many samples last, without overflow for 290 years. */
    static long nanos(long samples, int sampleRate) {
        return samples / sampleRate * 1_000_000_000L + samples % sampleRate * 1_000_000_000L / sampleRate;
    }

    /** How many whole samples so much time has. */
    static long samples(long nanos, int sampleRate) {
        return nanos / 1_000_000_000L * sampleRate + nanos % 1_000_000_000L * sampleRate / 1_000_000_000L;
    }
}
