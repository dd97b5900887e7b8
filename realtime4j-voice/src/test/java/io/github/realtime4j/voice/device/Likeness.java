package io.github.realtime4j.voice.device;

import java.util.Arrays;

/** How a recording differs from what should have been heard, found by correlation, block by block. */
final class Likeness {
    private static final int RATE = Monitor.RATE;
    private static final int BLOCK = RATE / 10;
    private static final double AUDIBLE_RMS = 150;

    private final short[] recording;
    private final short[] reference;

    /**
     * A block of the reference and where the recording has it.
     *
     * @param correlation 1 if it is the same but for loudness, 0 if there is nothing like it
     */
    record Block(int from, int lag, double correlation) {}

    Likeness(short[] recording, short[] reference) {
        this.recording = recording;
        this.reference = reference;
    }

    /**
     * All audible blocks of the reference that lie before {@code end}, each looked for around the place where the first one
     * was found.
     *
     * @param around about where the recording has the reference's first audible sample
     */
    Block[] blocks(int around, int end) {
        int first = firstAudible();
        Block[] found = new Block[(end - first) / BLOCK];
        int lag = find(first, around - first - RATE / 5, around - first + RATE / 5).lag;
        int count = 0;
        for (int from = first; from + BLOCK <= end; from += BLOCK) {
            if (rms(reference, from) >= AUDIBLE_RMS) {
                found[count++] = find(from, lag - RATE / 10, lag + RATE / 10);
            }
        }
        return Arrays.copyOf(found, count);
    }

    private int firstAudible() {
        int at = 0;
        while (rms(reference, at) < AUDIBLE_RMS) {
            at += BLOCK / 4;
        }
        return at;
    }

    /** Coarsely on every third lag, then exactly. */
    private Block find(int from, int least, int most) {
        Block best = new Block(from, least, -1);
        for (int lag = least; lag <= most; lag += 3) {
            best = better(best, from, lag);
        }
        int coarse = best.lag;
        for (int lag = coarse - 3; lag <= coarse + 3; lag++) {
            best = better(best, from, lag);
        }
        return best;
    }

    private Block better(Block best, int from, int lag) {
        double correlation = correlation(from, lag);
        return correlation > best.correlation ? new Block(from, lag, correlation) : best;
    }

    private double correlation(int from, int lag) {
        if (from + lag < 0 || from + lag + BLOCK > recording.length) {
            return -1;
        }
        long product = 0;
        long one = 1;
        long other = 1;
        for (int i = from; i < from + BLOCK; i++) {
            int expected = reference[i];
            int heard = recording[i + lag];
            product += (long) expected * heard;
            one += (long) expected * expected;
            other += (long) heard * heard;
        }
        return product / Math.sqrt((double) one * other);
    }

    private static double rms(short[] samples, int from) {
        long squares = 0;
        for (int i = from; i < from + BLOCK; i++) {
            squares += (long) samples[i] * samples[i];
        }
        return Math.sqrt((double) squares / BLOCK);
    }
}
