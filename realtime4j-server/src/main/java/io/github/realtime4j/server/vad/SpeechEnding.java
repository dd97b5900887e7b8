package io.github.realtime4j.server.vad;

import io.github.realtime4j.server.vad.TurnPolicy.Eagerness;
import java.util.Arrays;

/**
 * How finished a turn sounds. Who has finished lets the voice fall, in pitch or in loudness, below what it was in the turn
 * (or lets the pitch rise, for a question); who searches for the next word keeps it level.
 */
final class SpeechEnding {
    /** What is remembered of a turn: 8 seconds. */
    private static final int WINDOWS = 256;

    /** The end of a turn: its last 6 windows, about a syllable. */
    private static final int LAST = 6;

    private static final double FINAL_SEMITONES = 1.5;
    private static final double FINAL_DECIBELS = 8;

    private final double[] pitches = new double[WINDOWS];
    private final double[] levels = new double[WINDOWS];
    private int voiced;

    /** Takes a window of a turn. Only voiced ones tell something. */
    void add(double probability, VoiceActivityDetector activity) {
        if (probability >= 0.5 && activity.pitch() > 0) {
            pitches[voiced % WINDOWS] = activity.pitch();
            levels[voiced % WINDOWS] = activity.level();
            voiced++;
        }
    }

    void clear() {
        voiced = 0;
    }

    /** How long a silence ends the turn: the eagerness's shortest wait if it sounds finished, up to its longest if not. */
    int waitMs(Eagerness eagerness) {
        double doubt = 1 - finality();
        return (int) (eagerness.shortestWaitMs + (eagerness.longestWaitMs - eagerness.shortestWaitMs) * doubt * doubt);
    }

    /** 0: in the middle of something; 1: finished. */
    private double finality() {
        if (voiced < 2 * LAST) {
            return 0.5;
        }
        double semitones = 12 * Math.log(last(pitches) / median(pitches)) / Math.log(2);
        double fall = median(levels) - last(levels);
        return Math.max(limit(Math.abs(semitones) / FINAL_SEMITONES), limit(fall / FINAL_DECIBELS));
    }

    private double last(double[] ring) {
        double[] last = new double[LAST];
        for (int i = 0; i < LAST; i++) {
            last[i] = ring[(voiced - 1 - i) % WINDOWS];
        }
        return middle(last);
    }

    private double median(double[] ring) {
        return middle(Arrays.copyOf(ring, Math.min(voiced, WINDOWS)));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    private static double limit(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
