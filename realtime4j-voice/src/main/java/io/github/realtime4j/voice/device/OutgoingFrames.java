package io.github.realtime4j.voice.device;

import io.github.realtime4j.audio.Resampler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line to a speaker with what changes samples into its frames, and the frames that it has not taken yet. */
final class OutgoingFrames {
    private final SoundLine.Output line;
    private final int channels;
    private final int bytesPerFrame;
    private final int sampleRate;

    /** Null if the line has the rate of the samples. */
    private final @Nullable Resampler resampler;

    private final short[] resampled;
    private byte[] bytes;

    /** What the line has not taken, in frames. */
    private int from;

    private int to;

    /**
     * @param chunk the most samples that come at once
     */
    OutgoingFrames(SoundLine.Output line, int sampleRate, int chunk) {
        this.line = line;
        this.sampleRate = sampleRate;
        this.channels = line.format().channels();
        this.bytesPerFrame = line.format().bytesPerFrame();
        this.resampler = lineRate() == sampleRate ? null : new Resampler(sampleRate, lineRate());
        this.resampled = new short[resampler == null ? 0 : resampler.maxOutput(chunk)];
        this.bytes = new byte[Math.max(chunk, resampled.length) * bytesPerFrame];
    }

    int lineRate() {
        return line.format().sampleRate();
    }

    Duration latency() {
        return Conversion.latency(line.bufferFrames(), sampleRate, lineRate());
    }

    /** What comes next follows nothing: what the change of rate holds back is no part of it. */
    void begin() {
        if (resampler != null) {
            resampler.reset();
        }
    }

    /** Takes the next chunk, once the last one is gone. */
    void convert(short[] samples, int offset, int length) {
        if (resampler == null) {
            load(samples, offset, length);
        } else {
            load(resampled, 0, resampler.resample(samples, offset, length, resampled, 0));
        }
    }

    /** Takes what the change of rate still holds back. */
    void convertTail() {
        if (resampler != null) {
            short[] tail = resampler.flush();
            load(tail, 0, tail.length);
        }
    }

    private void load(short[] samples, int offset, int length) {
        if (length * bytesPerFrame > bytes.length) {
            bytes = new byte[length * bytesPerFrame];
        }
        Conversion.toFrames(samples, offset, length, bytes, channels);
        from = 0;
        to = length;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Frames that the line can take now. */
    int room() {
        return line.available();
    }

    /**
     * @return how many of the frames the line took
     */
    int write(int room) {
        int wrote = line.write(bytes, from * bytesPerFrame, Math.min(room, to - from));
        from += wrote;
        return wrote;
    }

    long position() {
        return line.position();
    }

    void start() {
        line.start();
    }

    void discard() {
        line.halt();
        from = to = 0;
        begin();
    }

    void close() {
        line.halt();
        line.close();
    }
}
