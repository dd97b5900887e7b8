package io.github.realtime4j.server.vad;

/** Who decides that a turn is over: the session's {@code audio.input.turn_detection}. */
public sealed interface TurnPolicy {
    /** Nobody: the client commits. */
    TurnPolicy OFF = new Off();

    /** {@code turn_detection: null}. */
    record Off() implements TurnPolicy {}

    /**
     * {@code server_vad}: a turn is over after a silence of fixed length.
     *
     * @param threshold 0 to 1: how probable speech must be
     * @param prefixPaddingMs what is included from before the first speech
     * @param silenceDurationMs the silence that ends a turn
     */
    record ServerVad(double threshold, int prefixPaddingMs, int silenceDurationMs) implements TurnPolicy {
        public ServerVad {
            check(threshold >= 0 && threshold <= 1, "a threshold of 0 to 1", threshold);
            check(prefixPaddingMs >= 0, "a prefix padding of at least 0 ms", prefixPaddingMs);
            check(silenceDurationMs >= 0, "a silence duration of at least 0 ms", silenceDurationMs);
        }
    }

    /**
     * {@code semantic_vad}: a turn is over when the speaker sounds as if he had finished, at the latest after a silence
     * that depends on the eagerness.
     */
    record SemanticVad(Eagerness eagerness) implements TurnPolicy {}

    /** How soon to believe that the speaker has finished; {@code auto} is the same as medium. */
    enum Eagerness {
        LOW(8_000, 800),
        MEDIUM(4_000, 500),
        HIGH(2_000, 300),
        AUTO(4_000, 500);

        final int longestWaitMs;
        final int shortestWaitMs;

        Eagerness(int longestWaitMs, int shortestWaitMs) {
            this.longestWaitMs = longestWaitMs;
            this.shortestWaitMs = shortestWaitMs;
        }
    }

    private static void check(boolean valid, String expected, Object found) {
        if (!valid) {
            throw new IllegalArgumentException("Expected " + expected + " but got " + found);
        }
    }
}
