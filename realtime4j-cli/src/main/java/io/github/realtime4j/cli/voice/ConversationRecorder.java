package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.WavWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Both sides of a conversation in one stereo file: the user on the left, the assistant as heard on the right. Each side is
 * a stream without gaps from the start; what both have reached is written. Safe for use by any thread.
 */
public final class ConversationRecorder implements Closeable {
    private final WavWriter file;
    private final Side left = new Side();
    private final Side right = new Side();
    private boolean closed;

    public ConversationRecorder(Path file) throws IOException {
        this.file = WavWriter.create(file, ConversationClock.RATE, 2);
    }

    /** What one side has that the other does not have yet. */
    private static final class Side {
        private final Deque<short[]> pieces = new ArrayDeque<>();
        private int from;
        private int length;

        void add(short[] samples) {
            if (samples.length > 0) {
                pieces.add(samples);
                length += samples.length;
            }
        }

        /** The next samples; silence where there are none. */
        short[] take(int count) {
            short[] taken = new short[count];
            int filled = 0;
            while (filled < count && !pieces.isEmpty()) {
                short[] piece = pieces.element();
                int part = Math.min(count - filled, piece.length - from);
                System.arraycopy(piece, from, taken, filled, part);
                filled += part;
                from += part;
                if (from == piece.length) {
                    pieces.remove();
                    from = 0;
                }
            }
            length -= filled;
            return taken;
        }
    }

    /** The user's next samples. */
    public synchronized void user(short[] samples) {
        left.add(samples);
        write(Math.min(left.length, right.length));
    }

    /** The assistant's next samples. */
    public synchronized void assistant(short[] samples) {
        right.add(samples);
        write(Math.min(left.length, right.length));
    }

    private void write(int count) {
        if (count > 0 && !closed) {
            try {
                file.write(left.take(count), right.take(count));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Continues the shorter side with silence. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            write(Math.max(left.length, right.length));
            closed = true;
            file.close();
        }
    }
}
