package io.github.realtime4j.audio;

import java.util.Arrays;

/**
 * Changes the sampling rate of a stream of mono samples: a polyphase windowed sinc (Kaiser), 80 zero crossings long at
 * the lower of the two rates. What lies above 1/2 of the lower rate is at least 80 dB down; the response is flat up to
 * 0.43 of it.
 *
 * <p>Stateful: a stream may be cut into chunks anywhere and the samples come out the same. Output sample {@code n} is the
 * input at the time {@code n / outputRate}: no delay is added to the signal, the last few samples come with {@link
 * #flush()}, and the whole is {@code ceil(samples * outputRate / inputRate)} long. Confined to one thread.
 */
public final class Resampler {
    private static final short[] NONE = {};

    private final int up;
    private final int down;
    private final SincFilter filter;

    /** Input that some later output still needs; the first one is sample number {@code base} of the stream. */
    private float[] window;

    private int held;
    private long base;
    private long received;
    private long produced;

    /**
     * @param inputRate samples per second, 1,000 to 768,000
     * @param outputRate samples per second, 1,000 to 768,000
     * @throws IllegalArgumentException if a rate is out of range, or the two have so little in common that the filter
     *     would need more than four million coefficients
     */
    public Resampler(int inputRate, int outputRate) {
        int common = greatestCommonDivisor(checkRate(inputRate), checkRate(outputRate));
        this.up = outputRate / common;
        this.down = inputRate / common;
        this.filter = up == down ? SincFilter.IDENTITY : SincFilter.of(up, down);
        this.window = new float[filter.taps() + 1_024];
        reset();
    }

    /** A whole signal at once. */
    public static short[] convert(short[] samples, int inputRate, int outputRate) {
        if (inputRate == outputRate) {
            return samples.clone();
        }
        Resampler resampler = new Resampler(inputRate, outputRate);
        return Pcm16.concat(resampler.resample(samples), resampler.flush());
    }

    public short[] resample(short[] samples) {
        return resample(samples, 0, samples.length);
    }

    /** The output that is complete with this input: possibly none. */
    public short[] resample(short[] samples, int offset, int length) {
        short[] out = new short[pending(received + length - filter.reach())];
        produce(samples, offset, length, out, 0);
        return out;
    }

    /**
     * As {@link #resample(short[], int, int)}, into an array of the caller.
     *
     * @return how many samples were written, never more than {@link #maxOutput} of {@code length}
     */
    public int resample(short[] samples, int offset, int length, short[] target, int targetOffset) {
        int count = pending(received + length - filter.reach());
        if (count > target.length - targetOffset) {
            throw new IndexOutOfBoundsException(
                    "Expected room for " + count + " samples but there is " + (target.length - targetOffset));
        }
        return produce(samples, offset, length, target, targetOffset);
    }

    /** The most samples that one chunk of this length can give. */
    public int maxOutput(int length) {
        return Math.toIntExact((long) length * up / down + 2);
    }

    /** The rest of the stream. Afterwards the resampler is as new. */
    public short[] flush() {
        int count = pending(received);
        short[] tail = NONE;
        if (count > 0) {
            tail = new short[count];
            short[] silence = new short[filter.reach()];
            produce(silence, 0, silence.length, tail, 0);
        }
        reset();
        return tail;
    }

    /** Forgets the stream. */
    public void reset() {
        Arrays.fill(window, 0);
        base = -filter.lead();
        held = filter.lead();
        received = 0;
        produced = 0;
    }

    /** Output samples not yet given whose time lies before input sample {@code end}. */
    private int pending(long end) {
        long total = end <= 0 ? 0 : (end * up + down - 1) / down;
        return Math.toIntExact(Math.max(0, total - produced));
    }

    private int produce(short[] samples, int offset, int length, short[] target, int targetOffset) {
        take(samples, offset, length);
        int count = Math.min(pending(received - filter.reach()), target.length - targetOffset);
        for (int i = 0; i < count; i++, produced++) {
            long position = produced * down;
            int start = (int) (position / up - filter.lead() - base);
            target[targetOffset + i] = Pcm16.clip(filter.apply((int) (position % up), window, start));
        }
        drop();
        return count;
    }

    private void take(short[] samples, int offset, int length) {
        if (held + length > window.length) {
            window = Arrays.copyOf(window, Math.max(held + length, window.length * 2));
        }
        for (int i = 0; i < length; i++) {
            window[held + i] = samples[offset + i];
        }
        held += length;
        received += length;
    }

    private void drop() {
        long needed = produced * down / up - filter.lead();
        int gone = (int) Math.min(held, needed - base);
        System.arraycopy(window, gone, window, 0, held - gone);
        held -= gone;
        base += gone;
    }

    private static int checkRate(int rate) {
        if (rate < 1_000 || rate > 768_000) {
            throw new IllegalArgumentException("Expected a rate of 1,000 to 768,000 Hz but got " + rate);
        }
        return rate;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
