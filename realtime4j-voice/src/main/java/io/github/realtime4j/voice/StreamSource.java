package io.github.realtime4j.voice;

import io.github.realtime4j.audio.Pcm16;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** A stream of raw samples: signed 16-bit little-endian, mono. */
public final class StreamSource implements AudioSource {
    private final InputStream in;
    private final int sampleRate;
    private final @Nullable Pacer pacer;
    private final Pcm16.Carry carry = new Pcm16.Carry();
    private byte[] bytes = {};
    private volatile boolean closed;

    private StreamSource(InputStream in, int sampleRate, @Nullable Pacer pacer) {
        this.in = in;
        this.sampleRate = sampleRate;
        this.pacer = pacer;
    }

    /** A stream that has its own pace: the output of a recording program, a connection. */
    public static StreamSource live(InputStream in, int sampleRate) {
        return new StreamSource(in, sampleRate, null);
    }

    /** A stream of something recorded, which comes faster than it sounds: it is slowed down. */
    public static StreamSource recorded(InputStream in, int sampleRate, VoiceClock clock) {
        return new StreamSource(in, sampleRate, new Pacer(clock, sampleRate));
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(short[] samples, int offset, int length) throws IOException {
        if (bytes.length < 2 * length) {
            bytes = new byte[2 * length];
        }
        short[] read = {};
        while (read.length == 0 && length > 0) {
            // An odd byte that waits makes one sample more.
            int count = receive(2 * length - (carry.isPending() ? 1 : 0));
            if (count < 0) {
                return -1;
            }
            read = carry.toSamples(bytes, 0, count);
        }
        pace(read.length);
        System.arraycopy(read, 0, samples, offset, read.length);
        return read.length;
    }

    private int receive(int length) throws IOException {
        try {
            return closed ? -1 : in.read(bytes, 0, length);
        } catch (IOException e) {
            if (closed) {
                return -1;
            }
            throw e;
        }
    }

    private void pace(int count) throws InterruptedIOException {
        if (pacer != null) {
            try {
                pacer.await(count);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while a stream was being played");
            }
        }
    }

    /** Closes the stream. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                in.close();
            } catch (IOException e) {
                // Nothing was written to it.
            }
        }
    }
}
