package io.github.realtime4j.voice;

import java.time.Duration;
import java.util.Arrays;

/**
 * Hears nothing while the speaker speaks, and until its echo has died away: safe in any room, but the model cannot be
 * interrupted by voice.
 */
public final class HalfDuplexGate implements EchoCanceller {
    private final Duration hangover;
    private long hangoverSamples;
    private long left;
    private volatile boolean opened;

    /** 300 ms of hangover: a living room. */
    public HalfDuplexGate() {
        this(Duration.ofMillis(300));
    }

    /** @param hangover how long the gate stays shut after the last sound */
    public HalfDuplexGate(Duration hangover) {
        this.hangover = hangover;
    }

    @Override
    public void open(int microphoneRate, int speakerRate) {
        hangoverSamples = Pacer.samples(hangover.toNanos(), microphoneRate);
    }

    @Override
    public void interrupted() {
        opened = true;
    }

    @Override
    public void microphone(short[] samples, int offset, int length, long unheard) {
        if (opened) {
            opened = false;
            left = 0;
        }
        if (unheard > 0) {
            left = hangoverSamples + length;
        }
        int shut = (int) Math.min(left, length);
        Arrays.fill(samples, offset, offset + shut, (short) 0);
        left -= shut;
    }
}
