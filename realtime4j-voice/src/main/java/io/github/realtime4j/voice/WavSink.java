package io.github.realtime4j.voice;

import io.github.realtime4j.audio.WavWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WAV file of what a listener would have heard: the speech begins when it arrives, what waits behind it comes after it,
 * and it is cut where the user interrupted. Mono, 16 bits.
 */
public final class WavSink implements AudioSink {
    private static final Logger LOG = LoggerFactory.getLogger(WavSink.class);
    private static final Duration BUFFER = Duration.ofMillis(500);

    private final WavWriter file;
    private final ClockedSink played;
    private volatile @Nullable IOException failure;
    private boolean closed;

    private WavSink(WavWriter file, int sampleRate, VoiceClock clock) {
        this.file = file;
        this.played = new ClockedSink(sampleRate, BUFFER, clock, this::store);
    }

    /** Begins now; an existing file is replaced. */
    public static WavSink create(Path file, int sampleRate) throws IOException {
        return create(file, sampleRate, VoiceClock.SYSTEM);
    }

    /** Like {@link #create(Path, int)}, by another clock. */
    public static WavSink create(Path file, int sampleRate, VoiceClock clock) throws IOException {
        return new WavSink(WavWriter.create(file, sampleRate, 1), sampleRate, clock);
    }

    private void store(short[] samples) {
        if (failure == null) {
            try {
                file.write(samples);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    @Override
    public int sampleRate() {
        return played.sampleRate();
    }

    @Override
    public void write(short[] samples, int offset, int length) throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw new IOException("The file cannot be written: " + broken.getMessage(), broken);
        }
        played.write(samples, offset, length);
    }

    @Override
    public long playedSamples() {
        return played.playedSamples();
    }

    @Override
    public void flush() {
        played.flush();
    }

    @Override
    public void drain() throws InterruptedException {
        played.drain();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            played.close();
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("The end of what was heard could not be written", e);
            }
        }
    }
}
