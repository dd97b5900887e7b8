package io.github.realtime4j.voice;

import java.io.InterruptedIOException;
import java.util.function.LongConsumer;

/** A sink that tells its position in whole periods, as devices do, as long as it plays. */
final class Device implements AudioSink {
    /** Samples that the device plays at a time: 10 ms. */
    static final int PERIOD = 240;

    private final ClockedSink played;
    private final LongConsumer onFlush;
    private long accepted;
    private long position;

    /** @param onFlush told how much had really been heard */
    Device(ClockedSink played, LongConsumer onFlush) {
        this.played = played;
        this.onFlush = onFlush;
    }

    /** Samples that have really been heard. */
    long heard() {
        return played.playedSamples();
    }

    @Override
    public int sampleRate() {
        return played.sampleRate();
    }

    @Override
    public void write(short[] samples, int offset, int length) throws InterruptedIOException {
        played.write(samples, offset, length);
        accepted += length;
    }

    @Override
    public long playedSamples() {
        long heard = heard();
        position = Math.max(position, heard == accepted ? heard : heard / PERIOD * PERIOD);
        return position;
    }

    @Override
    public void flush() {
        onFlush.accept(heard());
        played.flush();
        position = Math.max(position, heard() / PERIOD * PERIOD);
        accepted = Math.max(heard(), position);
    }

    @Override
    public void drain() throws InterruptedException {
        played.drain();
    }

    @Override
    public void close() {
        played.close();
    }
}
