package io.github.realtime4j.voice;

import io.github.realtime4j.audio.WavReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/** A WAV file that sounds as if it were spoken: each sample comes when a microphone would have had it. */
public final class WavSource implements AudioSource {
    private static final int FRAMES = 480;

    private final WavReader file;
    private final Pacer pacer;
    private short[] ready = {};
    private int from;
    private volatile boolean closed;

    private WavSource(WavReader file, VoiceClock clock) {
        this.file = file;
        this.pacer = new Pacer(clock, file.sampleRate());
    }

    /**
     * Any WAV file; several channels are mixed into one.
     *
     * @throws io.github.realtime4j.audio.MalformedWavException if this is not a WAV file that can be read
     */
    public static WavSource open(Path file) throws IOException {
        return open(file, VoiceClock.SYSTEM);
    }

    /** Like {@link #open(Path)}, by another clock; it starts with the first {@link #read}. */
    public static WavSource open(Path file, VoiceClock clock) throws IOException {
        return new WavSource(WavReader.open(file), clock);
    }

    @Override
    public int sampleRate() {
        return file.sampleRate();
    }

    @Override
    public int read(short[] samples, int offset, int length) throws IOException {
        if (closed) {
            return -1;
        }
        if (from == ready.length) {
            ready = next();
            from = 0;
        }
        if (ready.length == 0) {
            return -1;
        }
        int count = Math.min(length, ready.length - from);
        try {
            pacer.await(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a file was being played");
        }
        System.arraycopy(ready, from, samples, offset, count);
        from += count;
        return count;
    }

    private short[] next() throws IOException {
        try {
            return file.readMono(FRAMES);
        } catch (IOException e) {
            if (closed) {
                return new short[0];
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } catch (IOException e) {
                // Nothing was written to it.
            }
        }
    }
}
