package io.github.realtime4j.voice.device;

import io.github.realtime4j.audio.Resampler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line from a microphone with what changes its frames into samples, and the samples that nobody has taken yet. */
final class IncomingFrames {
    /** What {@link #receive} answers when the line has frames and does not give them. */
    static final int REFUSED = -1;

    /** ALSA, asked by javax.sound for a buffer, hands over a third of it at a time, and never more than this. */
    private static final int LONGEST_PERIOD_MILLIS = 20;

    private final SoundLine.Input line;
    private final int channels;
    private final int sampleRate;

    /** Null if the line has the rate of the samples. */
    private final @Nullable Resampler resampler;

    private final byte[] bytes;
    private final short[] mono;
    private final short[] ready;

    private int from;
    private int to;
    private boolean started;

    /**
     * @param piece {@link #receive} is called only while fewer samples than this wait
     */
    IncomingFrames(SoundLine.Input line, int sampleRate, int piece) {
        this.line = line;
        this.sampleRate = sampleRate;
        this.channels = line.format().channels();
        this.resampler = lineRate() == sampleRate ? null : new Resampler(lineRate(), sampleRate);
        int frames = line.bufferFrames();
        this.bytes = new byte[frames * line.format().bytesPerFrame()];
        this.mono = new short[frames];
        this.ready = new short[piece + (resampler == null ? frames : resampler.maxOutput(frames))];
    }

    private int lineRate() {
        return line.format().sampleRate();
    }

    Duration latency() {
        int period = Math.min(line.bufferFrames() / 3, lineRate() * LONGEST_PERIOD_MILLIS / 1_000);
        return Conversion.latency(period, sampleRate, lineRate());
    }

    /**
     * Takes what the line has, without waiting; the first call starts the line.
     *
     * @return how many frames, or {@link #REFUSED}
     */
    int receive() {
        if (!started) {
            started = true;
            line.start();
        }
        int available = Math.min(line.available(), mono.length);
        if (available == 0) {
            return 0;
        }
        int frames = line.read(bytes, available);
        if (frames == 0) {
            return REFUSED;
        }
        System.arraycopy(ready, from, ready, 0, to - from);
        to -= from;
        from = 0;
        Conversion.toSamples(bytes, frames, mono, channels);
        if (resampler == null) {
            System.arraycopy(mono, 0, ready, to, frames);
            to += frames;
        } else {
            to += resampler.resample(mono, 0, frames, ready, to);
        }
        return frames;
    }

    int ready() {
        return to - from;
    }

    int take(short[] samples, int offset, int length) {
        int count = Math.min(length, ready());
        System.arraycopy(ready, from, samples, offset, count);
        from += count;
        return count;
    }

    void close() {
        line.close();
    }
}
