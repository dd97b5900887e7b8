package io.github.realtime4j.voice;

import io.github.realtime4j.voice.PlaybackClock.Part;

/** Samples on their way from the queue to the ear. */
final class Piece {
    private final Part part;
    private final short[] samples;
    private final int from;
    private final int to;
    private final int silences;

    Piece(Part part, short[] samples) {
        this(part, samples, 0, samples.length, 0);
    }

    private Piece(Part part, short[] samples, int from, int to, int silences) {
        this.part = part;
        this.samples = samples;
        this.from = from;
        this.to = to;
        this.silences = silences;
    }

    Part part() {
        return part;
    }

    /** Of these, {@link #length} from {@link #from} on are meant. */
    short[] samples() {
        return samples;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /** How often there had been silence when it was to be written. */
    int silences() {
        return silences;
    }

    Piece after(int silences) {
        return new Piece(part, samples, from, to, silences);
    }

    Piece first(int count) {
        return new Piece(part, samples, from, from + count, silences);
    }

    Piece without(int count) {
        return new Piece(part, samples, from + count, to, silences);
    }
}
