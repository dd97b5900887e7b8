package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.voice.AudioSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A user whose words are in a WAV file; may be told to wait for the assistant. Safe for use by any thread. */
public final class RecordedUser implements AudioSource {
    private static final int FRAMES = 480;

    private final WavReader file;
    private final Pace pace;

    // Confined to the thread that reads.
    private short[] ready = {};
    private int from;

    private final AtomicLong spoken = new AtomicLong();
    private volatile boolean waits;
    private volatile boolean over;

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

    private int next(short[] samples, int offset, int length) throws IOException {
        boolean silent = waits;
        if (!over && !silent && from == ready.length) {
            ready = more();
            from = 0;
        }
        if (over) {
            return -1;
        } else if (silent) {
            Arrays.fill(samples, offset, offset + length, (short) 0);
            return length;
        }
        int count = Math.min(length, ready.length - from);
        System.arraycopy(ready, from, samples, offset, count);
        from += count;
        spoken.addAndGet(count);
        return count;
    }

    private short[] more() throws IOException {
        try {
            short[] read = file.readMono(FRAMES);
            if (read.length == 0) {
                over = true;
            }
            return read;
        } catch (IOException e) {
            if (over) {
                return new short[0];
            }
            throw e;
        }
    }

    /** Whether to be silent for now and go on with the file later. */
    public void waits(boolean waits) {
        this.waits = waits;
    }

    /** Whether the whole file has been spoken. */
    public boolean isOver() {
        return over;
    }

    /** Milliseconds of the file that have been spoken. */
    public long spokenMillis() {
        return spoken.get() * 1_000 / file.sampleRate();
    }

    @Override
    public void close() {
        over = true;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
