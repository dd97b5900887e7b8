package io.github.realtime4j.voice;

import java.io.IOException;
import java.time.Duration;

/** Another sink, but for what a test changes. */
class ForwardingSink implements AudioSink {
    private final AudioSink sink;

    ForwardingSink(AudioSink sink) {
        this.sink = sink;
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
    public boolean isLoudspeaker() {
        return sink.isLoudspeaker();
    }

    @Override
    public Duration ahead() {
        return sink.ahead();
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
