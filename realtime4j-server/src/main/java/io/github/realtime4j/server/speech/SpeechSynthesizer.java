package io.github.realtime4j.server.speech;

import java.util.Iterator;

/**
 * Speaks a text. One synthesizer serves all sessions of a server: implementations are thread safe. What {@link #speak}
 * returns is used by one thread at a time.
 */
public interface SpeechSynthesizer {
    /** Samples per second of all that is spoken: mono, signed 16 bits. */
    int SAMPLE_RATE = 24_000;

    /**
     * The speech, made while it is asked for: {@code next()} may compute, or wait for its turn to compute, for tens of
     * milliseconds, so it does not belong on an I/O thread. Who stops asking has cancelled; nothing is to be closed.
     *
     * <p>The texts of all chunks together are exactly the text of the utterance.
     */
    Iterator<SpeechChunk> speak(Utterance utterance);
}
