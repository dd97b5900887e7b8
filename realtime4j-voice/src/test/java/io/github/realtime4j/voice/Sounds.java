package io.github.realtime4j.voice;

import io.github.realtime4j.audio.AudioBytes;
import java.util.Arrays;

/** Sounds that are easy to recognise. */
final class Sounds {
    private Sounds() {}

    /** A ramp: every sample of the first 2.7 s is another one than its neighbours. */
    static short[] ramp(int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (i % 65_521 - 32_760);
        }
        return samples;
    }

    /** Loud from its first sample on, at 24 kHz. */
    static AudioBytes loud(int millis) {
        byte[] loud = new byte[millis * 48];
        Arrays.fill(loud, (byte) 0x20);
        return AudioBytes.wrap(loud);
    }
}
