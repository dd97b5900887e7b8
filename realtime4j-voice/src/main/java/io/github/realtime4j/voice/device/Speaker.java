package io.github.realtime4j.voice.device;

import io.github.realtime4j.voice.AudioSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Plays through a speaker of this machine. It begins with the first sample; it is silent at once when flushed, but for what
 * the system behind javax.sound still holds (with PulseAudio and with ALSA: nothing).
 *
 * <p>When the device goes away, the writer waits until the same or the default one can be opened, and goes on there; what
 * the lost one held, no more than {@link #latency}, counts as heard.
 */
public final class Speaker implements AudioSink {
    private static final int CHUNK_MILLIS = 10;
    private static final long POLL_NANOS = 3_000_000;
    private static final long REFUSING_NANOS = 250_000_000;
    private static final long STALLED_NANOS = 2_000_000_000;
    private static final long RETRY_NANOS = 500_000_000;

    private final LineOpener<SoundLine.Output> opener;
    private final DeviceClock clock;
    private final int sampleRate;
    private final int chunk;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Playhead head;
    private @Nullable OutgoingFrames line;
    private boolean started;

    private volatile Duration latency;
    private volatile long heard;
    /** Flushes so far: what was to be written before one is not to be heard after it. */
    private final AtomicInteger cuts = new AtomicInteger();

    private volatile boolean closed;

    /** When the device last showed that it is alive; of the writing thread. */
    private long lastProgress;

    private Speaker(LineOpener<SoundLine.Output> opener, DeviceClock clock) throws AudioDeviceException {
        this.opener = opener;
        this.clock = clock;
        this.sampleRate = opener.options().sampleRate();
        this.chunk = sampleRate * CHUNK_MILLIS / 1_000;
        this.head = new Playhead(sampleRate);
        OutgoingFrames opened = new OutgoingFrames(opener.open(), sampleRate, chunk);
        this.latency = opened.latency();
        adopt(opened);
    }

    /**
     * The default speaker.
     *
     * @throws AudioDeviceException if there is none, or it does not open
     */
    public static Speaker open() throws AudioDeviceException {
        return open(DeviceOptions.DEFAULT);
    }

    /**
     * @throws AudioDeviceException if there is no such speaker, or it does not open
     */
    public static Speaker open(DeviceOptions options) throws AudioDeviceException {
        return open(JavaSound.SYSTEM, options, DeviceClock.SYSTEM);
    }

    static Speaker open(SoundSystem sound, DeviceOptions options, DeviceClock clock) throws AudioDeviceException {
        return new Speaker(LineOpener.outputs(sound, options), clock);
    }

    private void adopt(OutgoingFrames opened) {
        lock.lock();
        try {
            if (closed) {
                opened.close();
                return;
            }
            line = opened;
            latency = opened.latency();
            started = false;
            head.opened(opened.lineRate());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public boolean isLoudspeaker() {
        return true;
    }

    /** The device that plays, or played last. */
    public AudioDevice device() {
        return opener.device();
    }

    /** From {@link #write} to the device, at most: what the line's buffer holds, and what a change of rate delays. */
    public Duration latency() {
        return latency;
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
     */
    @Override
    public void write(short[] samples, int offset, int length) throws IOException {
        int cut = cuts.get();
        int done = 0;
        while (done < length && awaitLine(cut)) {
            int count = Math.min(chunk, length - done);
            if (load(samples, offset + done, count, cut)) {
                play(count, cut);
                done += count;
            }
        }
    }

    private boolean isUncut(int cut) {
        return cuts.get() == cut && !closed;
    }

    /** Makes sure of a line, reopened if need be. Answers whether it is still worth it. */
    private boolean awaitLine(int cut) throws IOException {
        while (isUncut(cut) && !hasLine()) {
            try {
                adopt(new OutgoingFrames(opener.reopen(), sampleRate, chunk));
            } catch (AudioDeviceException notYet) {
                long until = clock.nanoTime() + RETRY_NANOS;
                while (isUncut(cut) && clock.nanoTime() < until) {
                    clock.pause(POLL_NANOS);
                }
            }
        }
        return isUncut(cut);
    }

    private boolean hasLine() {
        lock.lock();
        try {
            return line != null;
        } finally {
            lock.unlock();
        }
    }

    private boolean load(short[] samples, int offset, int count, int cut) {
        lock.lock();
        try {
            OutgoingFrames out = line;
            if (out == null || !isUncut(cut)) {
                return false;
            }
            if (head.writing(out.position(), clock.nanoTime())) {
                out.begin();
            }
            out.convert(samples, offset, count);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives what is loaded to the line, until it is cut or the device goes away. */
    private void play(int count, int cut) throws IOException {
        lastProgress = clock.nanoTime();
        while (isUncut(cut)) {
            String problem = null;
            lock.lock();
            try {
                OutgoingFrames out = line;
                if (out == null || !isUncut(cut)) {
                    return;
                }
                problem = push(out);
                if (out.isEmpty()) {
                    head.wroteSamples(count);
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (problem != null) {
                lose(problem, count, cut);
                return;
            }
            clock.pause(POLL_NANOS);
        }
    }

    /** Under the lock. Answers what is wrong with the device, if anything is. */
    private @Nullable String push(OutgoingFrames out) {
        long now = clock.nanoTime();
        if (!started) {
            // First of all: after a flush ALSA takes nothing until it is started again.
            started = true;
            out.start();
        }
        int room = out.room();
        int wrote = room == 0 || out.isEmpty() ? 0 : out.write(room);
        if (wrote > 0) {
            head.wroteFrames(wrote);
            lastProgress = now;
            return null;
        }
        if (room > 0 && now - lastProgress > REFUSING_NANOS) {
            return "it takes no more sound";
        }
        return now - lastProgress > STALLED_NANOS ? "it has played nothing for 2 s" : null;
    }

    /** @param unfinished samples of which the line has had a part */
    private void lose(String why, int unfinished, int cut) {
        OutgoingFrames gone;
        lock.lock();
        try {
            gone = line;
            line = null;
            if (isUncut(cut)) {
                head.wroteSamples(unfinished);
                head.settle();
            }
        } finally {
            lock.unlock();
        }
        if (gone != null) {
            gone.close();
            opener.lost(why);
        }
    }

    @Override
    public long playedSamples() {
        if (lock.tryLock()) {
            try {
                OutgoingFrames out = line;
                heard = head.heard(out == null ? 0 : out.position(), clock.nanoTime());
            } finally {
                lock.unlock();
            }
        }
        return heard;
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            cuts.incrementAndGet();
            OutgoingFrames out = line;
            if (out != null) {
                head.cut(out.position(), clock.nanoTime());
                out.discard();
                started = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} Called by the thread that writes. */
    @Override
    public void drain() throws InterruptedException {
        int cut = cuts.get();
        try {
            loadTail();
            play(0, cut);
            lastProgress = clock.nanoTime();
            while (isUncut(cut) && !isPlayedOut()) {
                clock.pause(POLL_NANOS);
            }
        } catch (IOException interrupted) {
            throw (InterruptedException) new InterruptedException().initCause(interrupted);
        }
    }

    private void loadTail() {
        lock.lock();
        try {
            if (line != null) {
                line.convertTail();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A device that stands still will not play the rest. */
    private boolean isPlayedOut() {
        lock.lock();
        try {
            OutgoingFrames out = line;
            if (out == null) {
                return true;
            }
            long before = heard;
            long now = clock.nanoTime();
            heard = head.heard(out.position(), now);
            if (heard != before) {
                lastProgress = now;
            }
            if (heard >= head.end() || now - lastProgress > STALLED_NANOS) {
                head.settle();
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            OutgoingFrames out = line;
            if (out != null) {
                head.cut(out.position(), clock.nanoTime());
                line = null;
                out.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
