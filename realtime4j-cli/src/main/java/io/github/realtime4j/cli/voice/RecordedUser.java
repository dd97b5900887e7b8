package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.voice.AudioSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A user whose words are in a WAV file; may be told to wait for the assistant. Safe for use by any thread. */
public final class RecordedUser implements AudioSource {
    private static final int FRAMES = 480;

    private final WavReader file;
    private final Pace pace;

    // All guarded by this.
    private short[] ready = {};
    private int from;
    private long spoken;
    private boolean waits;
    private boolean over;

    /** @param clock by which the file is spoken, from its beginning on */
    public RecordedUser(WavReader file, ConversationClock clock) {
        this.file = file;
        this.pace = new Pace(clock, file.sampleRate());
    }

    @Override
    public int sampleRate() {
        return file.sampleRate();
    }

    @Override
    public int read(short[] samples, int offset, int length) throws IOException {
        int count = next(samples, offset, length);
        if (count > 0) {
            pace.await(count);
        }
        return count;
    }

    private synchronized int next(short[] samples, int offset, int length) throws IOException {
        if (over) {
            return -1;
        }
        if (waits) {
            Arrays.fill(samples, offset, offset + length, (short) 0);
            return length;
        }
        if (from == ready.length) {
            ready = file.readMono(FRAMES);
            from = 0;
            over = ready.length == 0;
        }
        if (over) {
            return -1;
        }
        int count = Math.min(length, ready.length - from);
        System.arraycopy(ready, from, samples, offset, count);
        from += count;
        spoken += count;
        return count;
    }

    /** Whether to be silent for now and go on with the file later. */
    public synchronized void waits(boolean waits) {
        this.waits = waits;
    }

    /** Whether the whole file has been spoken. */
    public synchronized boolean isOver() {
        return over;
    }

    /** Milliseconds of the file that have been spoken. */
    public synchronized long spokenMillis() {
        return spoken * 1_000 / file.sampleRate();
    }

    @Override
    public synchronized void close() {
        over = true;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
