package io.github.realtime4j.voice.device;

import io.github.realtime4j.voice.AudioSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Listens through a microphone of this machine, from the first {@link #read} on. Several channels become their mean.
 *
 * <p>When the device goes away it gives silence at the same pace, and goes on with the same or the default device as soon as
 * one opens.
 */
public final class Microphone implements AudioSource {
    private static final int PIECE_MILLIS = 10;
    private static final long POLL_NANOS = 2_000_000;
    private static final long REFUSING_NANOS = 250_000_000;
    private static final long STALLED_NANOS = 2_000_000_000;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LineOpener<SoundLine.Input> opener;
    private final DeviceClock clock;
    private final int sampleRate;

    /** Samples that are worth waking up for. */
    private final int piece;

    private final ReentrantLock lock = new ReentrantLock();

    /** Null while the device is gone. Guarded by the lock. */
    private @Nullable IncomingFrames line;

    private volatile Duration latency = Duration.ZERO;
    private volatile boolean closed;

    // Of the reading thread.
    private long lastProgress;
    private long silentSince;
    private long silentSamples;
    private long nextAttempt;

    private Microphone(LineOpener<SoundLine.Input> opener, DeviceClock clock) throws AudioDeviceException {
        this.opener = opener;
        this.clock = clock;
        this.sampleRate = opener.options().sampleRate();
        this.piece = sampleRate * PIECE_MILLIS / 1_000;
        adopt(new IncomingFrames(opener.open(), sampleRate, piece));
    }

    /**
     * The default microphone.
     *
     * @throws AudioDeviceException if there is none, or it does not open
     */
    public static Microphone open() throws AudioDeviceException {
        return open(DeviceOptions.DEFAULT);
    }

    /**
     * @throws AudioDeviceException if there is no such microphone, or it does not open
     */
    public static Microphone open(DeviceOptions options) throws AudioDeviceException {
        return open(JavaSound.SYSTEM, options, DeviceClock.SYSTEM);
    }

    static Microphone open(SoundSystem sound, DeviceOptions options, DeviceClock clock) throws AudioDeviceException {
        return new Microphone(LineOpener.inputs(sound, options), clock);
    }

    private void adopt(IncomingFrames opened) {
        lock.lock();
        try {
            if (closed) {
                opened.close();
                return;
            }
            line = opened;
            latency = opened.latency();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    /** The device that listens, or listened last. */
    public AudioDevice device() {
        return opener.device();
    }

    /** From the device to {@link #read}, as a rule: what the device hands over at a time, and what a change of rate delays. */
    public Duration latency() {
        return latency;
    }

    /**
     * Waits for the samples asked for or for 10 ms of them, whichever is less; what there is more comes at once.
     *
     * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
     */
    @Override
    public int read(short[] samples, int offset, int length) throws IOException {
        int least = Math.min(length, piece);
        lastProgress = clock.nanoTime();
        while (!closed) {
            if (!hasLine()) {
                return silence(samples, offset, length);
            }
            int count = poll(samples, offset, length, least);
            if (count >= least) {
                return count;
            }
            long waited = clock.nanoTime() - lastProgress;
            if (count == IncomingFrames.REFUSED && waited > REFUSING_NANOS) {
                lose("it gives no more sound");
            } else if (waited > STALLED_NANOS) {
                lose("it has given nothing for 2 s");
            } else {
                clock.pause(POLL_NANOS);
            }
        }
        return -1;
    }

    private boolean hasLine() {
        lock.lock();
        try {
            return line != null;
        } finally {
            lock.unlock();
        }
    }

    /** What there is, if it is enough; 0 if not. */
    private int poll(short[] samples, int offset, int length, int least) {
        lock.lock();
        try {
            IncomingFrames in = line;
            if (in == null) {
                return 0;
            }
            if (in.ready() < least) {
                int frames = in.receive();
                if (frames == IncomingFrames.REFUSED) {
                    return frames;
                }
                if (frames > 0) {
                    lastProgress = clock.nanoTime();
                }
            }
            return in.ready() < least ? 0 : in.take(samples, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void lose(String why) {
        IncomingFrames gone;
        lock.lock();
        try {
            gone = line;
            line = null;
        } finally {
            lock.unlock();
        }
        silentSince = lastProgress;
        silentSamples = 0;
        nextAttempt = silentSince;
        if (gone != null) {
            gone.close();
            opener.lost(why);
        }
    }

    /** At the pace of sound; meanwhile it looks for a device, now and then. */
    private int silence(short[] samples, int offset, int length) throws IOException {
        if (clock.nanoTime() >= nextAttempt) {
            nextAttempt = clock.nanoTime() + RETRY_NANOS;
            try {
                adopt(new IncomingFrames(opener.reopen(), sampleRate, piece));
            } catch (AudioDeviceException notYet) {
                // The next attempt may have more luck, and the listener knows already.
            }
        }
        int count = Math.min(length, 2 * piece);
        silentSamples += count;
        long due = silentSince + silentSamples * NANOS_PER_SECOND / sampleRate;
        while (!closed && clock.nanoTime() < due) {
            clock.pause(POLL_NANOS);
        }
        Arrays.fill(samples, offset, offset + count, (short) 0);
        return closed ? -1 : count;
    }

    @Override
    public void close() {
        IncomingFrames in;
        lock.lock();
        try {
            closed = true;
            in = line;
            line = null;
        } finally {
            lock.unlock();
        }
        if (in != null) {
            in.close();
        }
    }
}
