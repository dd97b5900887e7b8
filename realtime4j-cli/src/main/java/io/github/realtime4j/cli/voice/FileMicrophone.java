package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.audio.WavReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A WAV file of any rate and number of channels as a microphone; silence after its end. Safe for use by any thread. */
public final class FileMicrophone implements Microphone, Closeable {
    private static final int FRAMES = 4_800;

    private final WavReader file;
    private final Resampler resampler;
    private short[] ready = {};
    private int from;
    private boolean ended;
    private boolean waits;
    private long delivered;

    public FileMicrophone(Path file) throws IOException {
        this.file = WavReader.open(file);
        this.resampler = new Resampler(this.file.sampleRate(), ConversationClock.RATE);
    }

    @Override
    public synchronized short[] next(int count) {
        short[] samples = new short[count];
        int filled = 0;
        while (!waits && filled < count && fill()) {
            int part = Math.min(count - filled, ready.length - from);
            System.arraycopy(ready, from, samples, filled, part);
            from += part;
            filled += part;
        }
        delivered += filled;
        return samples;
    }

    /** Whether there is more; if so, some of it is ready. */
    private boolean fill() {
        while (from == ready.length && !ended) {
            try {
                short[] frames = file.readMono(FRAMES);
                ended = frames.length == 0;
                ready = ended ? resampler.flush() : resampler.resample(frames);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            from = 0;
        }
        return from < ready.length;
    }

    /** Whether to be silent for now and go on with the file later. */
    public synchronized void waits(boolean waits) {
        this.waits = waits;
    }

    /** Whether the whole file has been delivered. */
    public synchronized boolean isOver() {
        return ended && from == ready.length;
    }

    /** Milliseconds of the file that have been delivered. */
    public synchronized long deliveredMillis() {
        return ConversationClock.millis(delivered);
    }

    @Override
    public synchronized void close() throws IOException {
        ended = true;
        ready = Arrays.copyOf(ready, 0);
        from = 0;
        file.close();
    }
}
