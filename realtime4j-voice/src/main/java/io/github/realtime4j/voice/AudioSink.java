package io.github.realtime4j.voice;

import java.io.IOException;
import java.time.Duration;

/**
 * Where the model's speech goes: 16-bit mono samples at its own rate; it tells what has been heard. Written by one thread;
 * {@link #playedSamples}, {@link #flush} and {@link #close} are called by any, also while {@link #write} waits.
 */
public interface AudioSink extends AutoCloseable {
    /** Samples per second; the same from the first call on. */
    int sampleRate();

    /**
     * Plays these samples after those before them; waits while the buffer is full. A {@link #flush} or {@link #close}
     * ends the waiting and throws away what was not taken yet.
     *
     * @throws IOException if nothing can be played any more
     */
    void write(short[] samples, int offset, int length) throws IOException;

    /**
     * Samples that have been heard since opening: from the device's position, never more than were written, never going back.
     * What {@link #flush} threw away is not among them. Cheap, and never waits.
     */
    long playedSamples();

    /** Silent at once: what was written and not heard is thrown away. */
    void flush();

    /**
     * Whether it sounds in a room, where a microphone may hear it. Unless {@link Voice.Builder#echo} says otherwise, the voice
     * then puts a {@link HalfDuplexGate} before the source.
     */
    default boolean isLoudspeaker() {
        return false;
    }

    /**
     * How much should be under way to it, so that it does not run dry. More than passes until {@link #playedSamples} tells
     * what has been heard: a far end behind a network needs its round trip and its jitter buffer besides.
     */
    default Duration ahead() {
        return Duration.ofMillis(200);
    }

    /** Waits until all has been heard, or was thrown away. */
    void drain() throws InterruptedException;

    /** Silent and at its end. A second call does nothing. */
    @Override
    void close();
}
