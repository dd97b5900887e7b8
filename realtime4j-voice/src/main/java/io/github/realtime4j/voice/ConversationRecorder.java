package io.github.realtime4j.voice;

import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.audio.WavWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both sides of a conversation in one stereo file: what the model was given of the user on the left, what was heard of the
 * assistant on the right. The microphone never pauses, so its samples are the time of the file; without one a clock is.
 * Safe from any thread.
 */
final class ConversationRecorder implements Closeable {
    static final int RATE = 24_000;

    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    /** The two sides come in pieces: less than this apart is no pause. */
    private static final int TOLERANCE = RATE * 60 / 1_000;

    /** In the middle of a speech, which a microphone tells, this is late news of what was heard without a gap. */
    private static final int LATENESS = RATE;

    private final WavWriter file;
    private final Side left;
    private final Side right;
    /** The time of the file; null while a microphone is. */
    private @Nullable VoiceClock clock;

    private long clockStart;
    private long clockFrom;
    private boolean speaking;
    private boolean closed;

    ConversationRecorder(Path file, int userRate, int assistantRate) throws IOException {
        this.file = WavWriter.create(file, RATE, 2);
        this.left = new Side(userRate);
        this.right = new Side(assistantRate);
    }

    /** What one side has that the other does not have yet. */
    private static final class Side {
        private final Resampler resampler;
        private final Deque<short[]> pieces = new ArrayDeque<>();
        private int from;
        private int waiting;
        private long total;

        Side(int sampleRate) {
            this.resampler = new Resampler(sampleRate, RATE);
        }

        void add(short[] samples) {
            if (samples.length > 0) {
                pieces.add(samples);
                waiting += samples.length;
                total += samples.length;
            }
        }

        short[] take(int count) {
            short[] taken = new short[count];
            for (int filled = 0; filled < count && !pieces.isEmpty(); ) {
                short[] piece = pieces.element();
                int part = Math.min(count - filled, piece.length - from);
                System.arraycopy(piece, from, taken, filled, part);
                filled += part;
                from += part;
                waiting -= part;
                if (from == piece.length) {
                    pieces.remove();
                    from = 0;
                }
            }
            return taken;
        }
    }

    /** There is no microphone, or none any more: from here on the user is silent. */
    synchronized void withoutUser(VoiceClock clock) {
        this.clock = clock;
        clockStart = clock.nanos();
        clockFrom = left.total;
    }

    /** The user's silence until now. */
    private void passTime(VoiceClock time) {
        long now = clockFrom + Pacer.samples(time.nanos() - clockStart, RATE);
        left.add(silence(now - left.total));
    }

    private static short[] silence(long samples) {
        return new short[(int) Math.max(0, samples)];
    }

    /** @param assistantAudible whether the other side is being heard: if not, it is silent until now */
    synchronized void user(short[] samples, int length, boolean assistantAudible) {
        if (closed) {
            return;
        }
        left.add(left.resampler.resample(samples, 0, length));
        if (!assistantAudible) {
            speaking = false;
            right.add(silence(left.total - right.total));
        }
        write(Math.min(left.waiting, right.waiting));
    }

    /** Samples that have just been heard. */
    synchronized void assistant(short[] samples, int offset, int length) {
        if (closed) {
            return;
        }
        if (clock != null) {
            passTime(clock);
        }
        short[] heard = right.resampler.resample(Arrays.copyOfRange(samples, offset, offset + length));
        long pause = left.total - heard.length - right.total;
        if (pause > (speaking ? LATENESS : TOLERANCE)) {
            right.add(silence(pause));
        }
        speaking = clock == null;
        right.add(heard);
        if (clock != null) {
            left.add(silence(right.total - left.total));
        }
        write(Math.min(left.waiting, right.waiting));
    }

    private void write(int count) {
        if (count > 0 && !closed) {
            try {
                file.write(left.take(count), right.take(count));
            } catch (IOException e) {
                closed = true;
                LOG.warn("The recording ends here: it cannot be written", e);
            }
        }
    }

    /** Continues the shorter side with silence. */
    @Override
    public synchronized void close() throws IOException {
        write(Math.max(left.waiting, right.waiting));
        closed = true;
        file.close();
    }
}
