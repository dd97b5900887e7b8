package io.github.realtime4j.voice;

import java.io.IOException;

/** A sink that stands in a room. */
record Loudspeaker(AudioSink sink) implements AudioSink {
    @Override
    public boolean isLoudspeaker() {
        return true;
    }

    @Override
    public int sampleRate() {
        return sink.sampleRate();
    }

    @Override
    public void write(short[] samples, int offset, int length) throws IOException {
        sink.write(samples, offset, length);
    }

    @Override
    public long playedSamples() {
        return sink.playedSamples();
    }

    @Override
    public void flush() {
        sink.flush();
    }

    @Override
    public void drain() throws InterruptedException {
        sink.drain();
    }

    @Override
    public void close() {
        sink.close();
    }
}
