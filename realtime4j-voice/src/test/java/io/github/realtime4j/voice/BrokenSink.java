package io.github.realtime4j.voice;

import java.io.IOException;

/** Plays nothing. */
final class BrokenSink implements AudioSink {
    @Override
    public int sampleRate() {
        return 24_000;
    }

    @Override
    public void write(short[] samples, int offset, int length) throws IOException {
        throw new IOException("The speaker is gone");
    }

    @Override
    public long playedSamples() {
        return 0;
    }

    @Override
    public void flush() {}

    @Override
    public void drain() {}

    @Override
    public void close() {}
}
