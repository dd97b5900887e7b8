package io.github.realtime4j.server.vad;

import java.util.Arrays;

/**
 * Says for every 32 ms of mono audio how probable it is that somebody speaks. Voices are told from noise by their pitch
 * (autocorrelation of 64 ms, 60 to 400 Hz, without what lies below 250 Hz, where mains hum lives) and by their level over
 * a noise floor that falls at once and rises slowly. Noise without pitch, however loud, stays below 0.5: it may be a
 * consonant within speech, it never starts speech. Deterministic: the result does not depend on how the audio is cut.
 * Confined to one thread.
 */
public final class VoiceActivityDetector {
    public static final int WINDOW_MS = 32;

    private static final int PITCH_RATE = 8_000;
    private static final int PITCH_WINDOW = PITCH_RATE * WINDOW_MS / 1_000;
    private static final int SHORTEST_LAG = PITCH_RATE / 400;
    private static final int LONGEST_LAG = PITCH_RATE / 60;

    /** Below this nothing is looked at: the pitch of digital near-silence means nothing. */
    private static final double FAINTEST = -62;

    private static final double LOWEST_FLOOR = -65;
    private static final double MOST_WITHOUT_PITCH = 0.42;

    /** Decibels per second by which the noise floor may rise. */
    private static final double RISE_IN_SPEECH = 1;

    private static final double RISE_IN_NOISE = 24;
    private static final int STEADY_WINDOWS = 12;

    private final int decimation;
    private final int windowSize;
    private final Biquad[] highPass;
    private final Biquad[] lowPass;

    /** The last two windows at 8 kHz. */
    private final float[] history = new float[2 * PITCH_WINDOW];

    private int inWindow;
    private int inHistory = PITCH_WINDOW;
    private double energy;
    private double floor = LOWEST_FLOOR;
    private double level = Double.NEGATIVE_INFINITY;
    private double pitch;

    /** Windows in a row whose level has not changed: no voice holds still for long. */
    private int steady;

    /**
     * @param sampleRate samples per second: 8,000 or a multiple of it up to 48,000
     */
    public VoiceActivityDetector(int sampleRate) {
        if (sampleRate < PITCH_RATE || sampleRate > 48_000 || sampleRate % PITCH_RATE != 0) {
            throw new IllegalArgumentException(
                    "Expected 8,000, 16,000, 24,000, 32,000, 40,000 or 48,000 Hz but got " + sampleRate);
        }
        this.decimation = sampleRate / PITCH_RATE;
        this.windowSize = sampleRate * WINDOW_MS / 1_000;
        this.highPass = Biquad.highPass(250, sampleRate);
        this.lowPass = decimation == 1 ? new Biquad[0] : Biquad.lowPass(3_300, sampleRate);
    }

    /** Samples per window. */
    public int windowSize() {
        return windowSize;
    }

    /**
     * Takes one sample.
     *
     * @return true if it completed a window, so that {@link #probability()} is new
     */
    boolean accept(short sample) {
        double value = sample / 32_768.0;
        for (Biquad stage : highPass) {
            value = stage.apply(value);
        }
        energy += value * value;
        for (Biquad stage : lowPass) {
            value = stage.apply(value);
        }
        if (inWindow % decimation == 0) {
            history[inHistory++] = (float) value;
        }
        return ++inWindow == windowSize;
    }

    /**
     * Ends the window.
     *
     * @return the probability of speech in it, 0 to 1
     */
    double probability() {
        double before = level;
        level = 10 * Math.log10(energy / windowSize + 1e-12);
        steady = Math.abs(level - before) < 0.5 ? steady + 1 : 0;
        double probability = 0;
        pitch = 0;
        if (level > FAINTEST) {
            double voicing = voicing();
            double over = rise(level - floor, 4, 1.2);
            double voiced = rise(voicing, 0.45, 0.05);
            double noise = MOST_WITHOUT_PITCH * rise(level - floor, 12, 1.5);
            probability = rise(level, -54, 1.5) * Math.max(over * voiced, noise);
        }
        adapt(probability);
        System.arraycopy(history, PITCH_WINDOW, history, 0, PITCH_WINDOW);
        inHistory = PITCH_WINDOW;
        inWindow = 0;
        energy = 0;
        return probability;
    }

    /** dBFS of the last window, without what lies below 250 Hz. */
    double level() {
        return level;
    }

    /** Fundamental frequency in the last window, in hertz; 0 if there was none. */
    double pitch() {
        return pitch;
    }

    /** Down within a few windows; up slowly while somebody speaks, sooner when nobody does or something hums. */
    private void adapt(double probability) {
        double quiet = Math.max(level, LOWEST_FLOOR);
        if (quiet < floor) {
            floor += 0.3 * (quiet - floor);
        } else {
            boolean voice = probability >= 0.5 && steady < STEADY_WINDOWS;
            double perSecond = voice ? RISE_IN_SPEECH : RISE_IN_NOISE;
            floor = Math.min(quiet, floor + perSecond * WINDOW_MS / 1_000);
        }
    }

    /** The highest peak of the normalised autocorrelation among the lags of a voice, 0 to 1. */
    private double voicing() {
        double best = 0;
        int bestLag = 0;
        double previous = correlation(SHORTEST_LAG - 1);
        double current = correlation(SHORTEST_LAG);
        for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
            double next = correlation(lag + 1);
            if (current > best * 1.05 && current >= previous && current >= next) {
                best = current;
                bestLag = lag;
            }
            previous = current;
            current = next;
        }
        pitch = best > 0.45 ? (double) PITCH_RATE / bestLag : 0;
        return best;
    }

    private double correlation(int lag) {
        float product = 0;
        float here = 1e-9f;
        float there = 1e-9f;
        for (int i = LONGEST_LAG + 1; i < history.length; i++) {
            float a = history[i];
            float b = history[i - lag];
            product += a * b;
            here += a * a;
            there += b * b;
        }
        return product / Math.sqrt((double) here * there);
    }

    /** 0 far below the middle, 1/2 at it, 1 far above. */
    private static double rise(double value, double middle, double width) {
        return 1 / (1 + Math.exp((middle - value) / width));
    }

    void reset() {
        for (Biquad stage : highPass) {
            stage.reset();
        }
        for (Biquad stage : lowPass) {
            stage.reset();
        }
        Arrays.fill(history, 0);
        inHistory = PITCH_WINDOW;
        inWindow = 0;
        energy = 0;
    }
}
