package io.github.realtime4j.voice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A telephone some way off, at 24 kHz: sound and marks take their time to it, and acknowledgements take it back. */
final class FarEnd implements MarkedSink.Line {
    private final VoiceClock time;
    private final long delayNanos;
    private final MarkedSink sink;
    private final Deque<Packet> coming = new ArrayDeque<>();
    private final Deque<Packet> acknowledged = new ArrayDeque<>();
    private long heardSamples;
    private long credit;
    private long then;
    private boolean speaking;
    private int gaps;

    /** So many samples, or a mark, and when it is there. */
    private record Packet(long at, int samples, String mark) {}

    FarEnd(VoiceClock time, long delayMillis) {
        this.time = time;
        this.delayNanos = Duration.ofMillis(delayMillis).toNanos();
        this.sink = new MarkedSink(this, 24_000, Duration.ofSeconds(1));
        this.then = time.nanos();
    }

    MarkedSink sink() {
        return sink;
    }

    long heardMillis() {
        return heardSamples / 24;
    }

    /** How often there was nothing to play between two sounds. */
    int gaps() {
        return gaps;
    }

    /** Plays what has come, for as long as has passed. */
    void pass() {
        long now = time.nanos();
        credit += Pacer.samples(now - then, 24_000);
        then = now;
        while (!coming.isEmpty() && coming.element().at <= now && coming.element().samples <= credit) {
            play(coming.remove());
        }
        boolean dry = coming.isEmpty() || coming.element().at > now;
        if (dry) {
            speaking = false;
            credit = 0;
        }
        while (!acknowledged.isEmpty() && acknowledged.element().at <= now) {
            sink.played(acknowledged.remove().mark);
        }
    }

    private void play(Packet packet) {
        credit -= packet.samples;
        if (packet.mark.isEmpty()) {
            gaps += !speaking && heardSamples > 0 ? 1 : 0;
            speaking = true;
            heardSamples += packet.samples;
        } else {
            acknowledged.add(new Packet(time.nanos() + delayNanos, 0, packet.mark));
        }
    }

    @Override
    public void audio(short[] samples, int offset, int length) {
        coming.add(new Packet(time.nanos() + delayNanos, length, ""));
    }

    @Override
    public void mark(String name) {
        coming.add(new Packet(time.nanos() + delayNanos, 0, name));
    }

    @Override
    public void clear() {
        coming.clear();
    }
}
