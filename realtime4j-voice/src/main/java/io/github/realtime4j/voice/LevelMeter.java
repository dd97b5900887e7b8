package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.Item;

/** Tells ten times a second how loud somebody was. Confined to one thread. */
final class LevelMeter {
    private static final double FULL_SCALE = 32_768;

    private final VoiceEvents events;
    private final Item.Role speaker;
    private final int window;
    private double squares;
    private int peak;
    private int count;

    LevelMeter(VoiceEvents events, Item.Role speaker, int sampleRate) {
        this.events = events;
        this.speaker = speaker;
        this.window = sampleRate / 10;
    }

    void add(short[] samples, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int sample = samples[i];
            squares += (double) sample * sample;
            peak = Math.max(peak, Math.abs(sample));
            if (++count == window) {
                tell();
            }
        }
    }

    private void tell() {
        double rms = decibels(Math.sqrt(squares / count));
        double loudest = decibels(peak);
        events.tell(at -> new VoiceEvent.Level(at, speaker, rms, loudest));
        squares = 0;
        peak = 0;
        count = 0;
    }

    private static double decibels(double amplitude) {
        return 20 * Math.log10(amplitude / FULL_SCALE);
    }
}
