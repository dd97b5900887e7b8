package io.github.realtime4j.voice.device;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Records mono at the rate of the sink, which changes no sample, from a program, and when each piece of it came. */
final class Monitor implements AutoCloseable {
    static final int RATE = 48_000;
    static final int LOUD = 300;

    private final Process recorder;

    // Guarded by this.
    private short[] samples = new short[RATE * 60];
    private int length;
    private final long[] pieceEnds = new long[1 << 16];
    private final long[] pieceTimes = new long[1 << 16];
    private int pieces;
    private boolean over;

    Monitor(Process recorder) {
        this.recorder = recorder;
        Thread thread = new Thread(this::record, "monitor");
        thread.setDaemon(true);
        thread.start();
    }

    private void record() {
        byte[] bytes = new byte[960];
        try (InputStream in = recorder.getInputStream()) {
            int kept = 0;
            for (int count = in.read(bytes); count > 0; count = in.read(bytes, kept, bytes.length - kept)) {
                int whole = (kept + count) / 2;
                add(bytes, whole);
                kept = (kept + count) % 2;
                bytes[0] = bytes[2 * whole - 1 + kept];
            }
        } catch (IOException closed) {
            // The recording ends here.
        }
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    private synchronized void add(byte[] bytes, int count) {
        if (length + count > samples.length) {
            samples = Arrays.copyOf(samples, samples.length * 2);
        }
        for (int i = 0; i < count; i++) {
            samples[length++] = (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
        }
        pieceEnds[pieces] = length;
        pieceTimes[pieces++] = System.nanoTime();
        notifyAll();
    }

    synchronized int length() {
        return length;
    }

    synchronized short[] samples() {
        return Arrays.copyOf(samples, length);
    }

    /** When this sample reached us: a little after it was played. */
    synchronized long timeOf(int sample) {
        int piece = 0;
        while (pieceEnds[piece] <= sample) {
            piece++;
        }
        return pieceTimes[piece];
    }

    /** The first sample from there on that can be heard. */
    synchronized int awaitSound(int from) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int at = from; ; at++) {
            awaitSample(at, deadline);
            if (Math.abs((int) samples[at]) > LOUD) {
                return at;
            }
        }
    }

    /** The first sample from there on after which there is silence of this length. */
    synchronized int awaitSilence(int from, int millis) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int silentSince = from;
        for (int at = from; at - silentSince < millis * RATE / 1_000; at++) {
            awaitSample(at, deadline);
            if (Math.abs((int) samples[at]) > LOUD) {
                silentSince = at + 1;
            }
        }
        return silentSince;
    }

    /** The first sample that came after this time. */
    synchronized int sampleAt(long time) {
        for (int piece = pieces - 1; piece >= 0; piece--) {
            if (pieceTimes[piece] <= time) {
                return (int) pieceEnds[piece];
            }
        }
        return 0;
    }

    /** Until so many samples have been recorded. */
    synchronized void await(int samples) throws InterruptedException, TimeoutException {
        awaitSample(samples - 1, System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
    }

    private synchronized void awaitSample(int at, long deadline) throws InterruptedException, TimeoutException {
        while (at >= length) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || over) {
                throw new TimeoutException("Recorded " + length + " samples, and then nothing of what was expected");
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        recorder.destroy();
    }
}
