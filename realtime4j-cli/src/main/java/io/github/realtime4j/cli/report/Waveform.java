package io.github.realtime4j.cli.report;

import java.util.ArrayList;
import java.util.List;

/** The outline of a signal, coarse enough to be drawn. */
final class Waveform {
    /** Outline points per second. */
    static final int POINTS_PER_SECOND = 80;

    private Waveform() {}

    /** The loudest sample of each stretch, 0 to 100, on a scale that shows quiet speech too. */
    static List<Integer> of(short[] samples, int sampleRate) {
        int stretch = Math.max(1, sampleRate / POINTS_PER_SECOND);
        List<Integer> points = new ArrayList<>(samples.length / stretch + 1);
        for (int from = 0; from < samples.length; from += stretch) {
            int peak = 0;
            for (int i = from; i < Math.min(samples.length, from + stretch); i++) {
                peak = Math.max(peak, Math.abs((int) samples[i]));
            }
            points.add((int) Math.round(100 * Math.sqrt(peak / 32_768.0)));
        }
        return points;
    }
}
