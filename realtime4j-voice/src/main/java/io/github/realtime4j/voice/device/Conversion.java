package io.github.realtime4j.voice.device;

import io.github.realtime4j.audio.Pcm16;
import java.time.Duration;

/** Mono samples as little-endian frames of one or two channels, and back; and what a change of rate costs. */
final class Conversion {
    /** Half the length of the resampler's filter, at the lower of the two rates. */
    private static final int FILTER_REACH = 40;

    private Conversion() {}

    /** Both channels get the sample. */
    static void toFrames(short[] samples, int offset, int length, byte[] frames, int channels) {
        if (channels == 1) {
            Pcm16.toBytes(samples, offset, length, frames, 0);
            return;
        }
        for (int i = 0, at = 0; i < length; i++, at += 4) {
            short sample = samples[offset + i];
            frames[at] = (byte) sample;
            frames[at + 1] = (byte) (sample >> 8);
            frames[at + 2] = (byte) sample;
            frames[at + 3] = (byte) (sample >> 8);
        }
    }

    /** Two channels become their mean. */
    static void toSamples(byte[] frames, int length, short[] samples, int channels) {
        for (int i = 0; i < length; i++) {
            int at = i * 2 * channels;
            int first = sample(frames, at);
            samples[i] = (short) (channels == 1 ? first : (first + sample(frames, at + 2)) >> 1);
        }
    }

    private static int sample(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8));
    }

    /** How long these frames last, and what the change of rate adds. */
    static Duration latency(int frames, int sampleRate, int lineRate) {
        long nanos = frames * 1_000_000_000L / lineRate;
        if (sampleRate != lineRate) {
            nanos += FILTER_REACH * 1_000_000_000L / Math.min(sampleRate, lineRate);
        }
        return Duration.ofNanos(nanos);
    }
}
