package io.github.realtime4j.audio;

import java.util.Arrays;

/**
 * Signed 16-bit samples and their little-endian bytes, and the little arithmetic that speech needs. Levels are in dBFS:
 * 0 is a full-scale square wave, a full-scale sine has an RMS of -3.
 */
public final class Pcm16 {
    private static final double FULL_SCALE = 32_768;

    private Pcm16() {}

    /**
     * @throws IllegalArgumentException if the number of bytes is odd; a stream that is cut anywhere needs a {@link Carry}
     */
    public static short[] toSamples(AudioBytes bytes) {
        return toSamples(bytes.shared());
    }

    /**
     * @throws IllegalArgumentException if the number of bytes is odd
     */
    public static short[] toSamples(byte[] bytes) {
        if (bytes.length % 2 != 0) {
            throw new IllegalArgumentException("Expected whole 16-bit samples but got " + bytes.length + " bytes");
        }
        short[] samples = new short[bytes.length / 2];
        toSamples(bytes, 0, samples, 0, samples.length);
        return samples;
    }

    static void toSamples(byte[] bytes, int offset, short[] target, int targetOffset, int count) {
        for (int i = 0, at = offset; i < count; i++, at += 2) {
            target[targetOffset + i] = sample(bytes[at], bytes[at + 1]);
        }
    }

    private static short sample(byte low, byte high) {
        return (short) ((low & 0xFF) | (high << 8));
    }

    public static byte[] toBytes(short[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        toBytes(samples, 0, samples.length, bytes, 0);
        return bytes;
    }

    public static void toBytes(short[] samples, int offset, int length, byte[] target, int targetOffset) {
        for (int i = 0, at = targetOffset; i < length; i++) {
            short sample = samples[offset + i];
            target[at++] = (byte) sample;
            target[at++] = (byte) (sample >> 8);
        }
    }

    public static AudioBytes toAudioBytes(short[] samples) {
        return AudioBytes.wrap(toBytes(samples));
    }

    /** The nearest sample; what is out of range is clipped. NaN is silence. */
    public static short clip(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
    }

    /** Every sample times {@code factor}, rounded and clipped, in a fresh array. */
    public static short[] gain(short[] samples, double factor) {
        short[] louder = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            louder[i] = clip(samples[i] * factor);
        }
        return louder;
    }

    /** The sum of both, clipped; as long as the longer one. */
    public static short[] mix(short[] one, short[] other) {
        short[] longer = one.length >= other.length ? one : other;
        short[] shorter = longer == one ? other : one;
        short[] sum = longer.clone();
        for (int i = 0; i < shorter.length; i++) {
            sum[i] = clip(longer[i] + shorter[i]);
        }
        return sum;
    }

    public static short[] concat(short[] one, short[] other) {
        short[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The largest magnitude, 0 to 32,768. */
    public static int peak(short[] samples) {
        int peak = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs((int) sample));
        }
        return peak;
    }

    /** The root mean square, 0 to 32,768; 0 for no samples. */
    public static double rms(short[] samples) {
        long squares = 0;
        for (short sample : samples) {
            squares += (long) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt((double) squares / samples.length);
    }

    /** The RMS in dBFS; negative infinity for digital silence. */
    public static double level(short[] samples) {
        return 20 * Math.log10(rms(samples) / FULL_SCALE);
    }

    /**
     * Bytes to samples for a stream that may be cut in the middle of a sample. Confined to one thread.
     */
    public static final class Carry {
        /** The low byte of a sample whose high byte has not come yet; -1 if there is none. */
        private int low = -1;

        public Carry() {}

        public short[] toSamples(AudioBytes bytes) {
            return toSamples(bytes.shared(), 0, bytes.size());
        }

        public short[] toSamples(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return new short[0];
            }
            int carried = low < 0 ? 0 : 1;
            short[] samples = new short[(carried + length) / 2];
            if (carried == 1) {
                samples[0] = sample((byte) low, bytes[offset]);
            }
            int whole = samples.length - carried;
            Pcm16.toSamples(bytes, offset + carried, samples, carried, whole);
            boolean odd = (carried + length) % 2 == 1;
            low = odd ? bytes[offset + length - 1] & 0xFF : -1;
            return samples;
        }

        /** Whether half a sample waits for its other half. */
        public boolean isPending() {
            return low >= 0;
        }

        public void reset() {
            low = -1;
        }
    }
}
