package io.github.realtime4j.voice;

/** How much of a sound is in another one. */
final class Likeness {
    private Likeness() {}

    /** The correlation of a sound with the place in a longer one that it fits best; 1 for the same sound at any loudness. */
    static double of(short[] sound, short[] within) {
        double best = 0;
        int coarse = Math.min(sound.length, 600);
        int loudest = loudest(sound, coarse);
        int at = 0;
        for (int shift = 0; shift + sound.length - 64 <= within.length; shift++) {
            double likeness =
                    correlation(sound, loudest, Math.min(coarse, sound.length - loudest), within, shift + loudest);
            if (likeness > best) {
                best = likeness;
                at = shift;
            }
        }
        return correlation(sound, 0, sound.length, within, at);
    }

    private static int loudest(short[] sound, int length) {
        int at = 0;
        double most = 0;
        for (int from = 0; from + length <= sound.length; from += length / 2) {
            double energy = 0;
            for (int i = from; i < from + length; i++) {
                energy += (double) sound[i] * sound[i];
            }
            if (energy > most) {
                most = energy;
                at = from;
            }
        }
        return at;
    }

    private static double correlation(short[] sound, int from, int length, short[] within, int start) {
        double product = 0;
        double here = 1e-9;
        double there = 1e-9;
        for (int i = 0; i < length && start + i < within.length; i++) {
            double one = sound[from + i];
            double other = within[start + i];
            product += one * other;
            here += one * one;
            there += other * other;
        }
        return product / Math.sqrt(here * there);
    }
}
