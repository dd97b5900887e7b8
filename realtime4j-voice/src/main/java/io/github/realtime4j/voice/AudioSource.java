package io.github.realtime4j.voice;

import java.io.IOException;

/**
 * Where the user's speech comes from: 16-bit mono samples at its own rate. Silence is samples, too: the server's turn
 * detection has to hear it, and a recording takes its time from it. Read by one thread, closed by any.
 */
public interface AudioSource extends AutoCloseable {
    /** Samples per second; the same from the first call on. */
    int sampleRate();

    /**
     * Waits for samples.
     *
     * @return how many, at least one unless {@code length} is 0; -1 at the end, and after {@link #close}
     * @throws IOException if there will be no more, unlike at the end: the device is gone, the file is broken
     */
    int read(short[] samples, int offset, int length) throws IOException;

    /** Ends a {@link #read} that waits. A second call does nothing. */
    @Override
    void close();
}
