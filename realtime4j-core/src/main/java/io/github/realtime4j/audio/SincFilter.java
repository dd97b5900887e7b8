package io.github.realtime4j.audio;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The coefficients of one ratio, immutable: one row of taps for each phase between two input samples. */
final class SincFilter {
    static final SincFilter IDENTITY = new SincFilter(1, new float[] {1});

    /** Zero crossings of the sinc, both sides together, at the lower rate. */
    private static final int CROSSINGS = 80;

    /** Kaiser's shape for a stop band 90 dB down. */
    private static final double BETA = 0.1102 * (90 - 8.7);

    /** Half the transition band, in units of the lower rate: (90 - 8) / (2.285 * 2 pi * CROSSINGS) / 2. */
    private static final double HALF_TRANSITION = 82 / (2.285 * 2 * Math.PI * CROSSINGS) / 2;

    private static final int MOST_COEFFICIENTS = 4_000_000;
    private static final int MOST_SHARED = 100_000;

    /** Only ratios with small tables, of which there are few in use: nobody can fill the memory with odd rates. */
    private static final ConcurrentMap<Long, SincFilter> SHARED = new ConcurrentHashMap<>();

    private final int taps;
    private final float[] coefficients;

    private SincFilter(int taps, float[] coefficients) {
        this.taps = taps;
        this.coefficients = coefficients;
    }

    static SincFilter of(int up, int down) {
        int taps = tapsFor(up, down);
        long size = (long) taps * up;
        if (size > MOST_COEFFICIENTS) {
            throw new IllegalArgumentException(
                    "Cannot resample by " + up + "/" + down + ": choose rates with a simpler ratio");
        }
        if (size > MOST_SHARED || SHARED.size() >= 64) {
            SincFilter shared = SHARED.get(key(up, down));
            return shared == null ? design(up, down, taps) : shared;
        }
        return SHARED.computeIfAbsent(key(up, down), ratio -> design(up, down, taps));
    }

    private static long key(int up, int down) {
        return ((long) up << 32) | down;
    }

    private static int tapsFor(int up, int down) {
        int taps = up >= down ? CROSSINGS : Math.toIntExact(((long) CROSSINGS * down + up - 1) / up);
        return taps + taps % 2;
    }

    private static SincFilter design(int up, int down, int taps) {
        double lower = Math.min(1.0, (double) up / down);
        double cutoff = lower * (0.5 - HALF_TRANSITION);
        double half = taps / 2.0;
        float[] coefficients = new float[taps * up];
        double[] row = new double[taps];
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            for (int tap = 0; tap < taps; tap++) {
                double distance = tap - (half - 1) - (double) phase / up;
                row[tap] = sinc(2 * cutoff * distance) * kaiser(distance / half);
                sum += row[tap];
            }
            for (int tap = 0; tap < taps; tap++) {
                coefficients[phase * taps + tap] = (float) (row[tap] / sum);
            }
        }
        return new SincFilter(taps, coefficients);
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - x * x)) / besselI0(BETA);
    }

    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-15; k++) {
            double factor = x / (2 * k);
            term *= factor * factor;
            sum += term;
        }
        return sum;
    }

    int taps() {
        return taps;
    }

    /** Input samples before the one at or before the output's time. */
    int lead() {
        return (taps - 1) / 2;
    }

    /** Input samples after it. */
    int reach() {
        return taps / 2;
    }

    double apply(int phase, float[] window, int start) {
        float sum = 0;
        int row = phase * taps;
        for (int tap = 0; tap < taps; tap++) {
            sum += coefficients[row + tap] * window[start + tap];
        }
        return sum;
    }
}
