package io.github.realtime4j.server.respond;

import org.jspecify.annotations.Nullable;

/**
 * One thing to say.
 *
 * @param full with everything
 * @param brief the point of it in a few words, for those who asked for few
 */
record Answer(String full, String brief) {
    Answer(String full) {
        this(full, full);
    }

    /** Knows what to say to some turns. */
    @FunctionalInterface
    interface Rule {
        @Nullable
        Answer answer(Turn turn);
    }
}
