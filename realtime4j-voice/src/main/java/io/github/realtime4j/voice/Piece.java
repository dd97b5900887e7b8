package io.github.realtime4j.voice;

/** Samples on their way through the sink. Confined to {@link Playback}. */
final class Piece {
    private final PlaybackClock.Part part;
    private final short[] samples;
    private final int from;
    private final int silences;

    /**
     * @param from the first of the samples that is meant
     * @param silences how often there had been silence when it was to be written
     */
    Piece(PlaybackClock.Part part, short[] samples, int from, int silences) {
        this.part = part;
        this.samples = samples;
        this.from = from;
        this.silences = silences;
    }

    PlaybackClock.Part part() {
        return part;
    }

    short[] samples() {
        return samples;
    }

    int from() {
        return from;
    }

    int silences() {
        return silences;
    }

    int length() {
        return samples.length - from;
    }
}
