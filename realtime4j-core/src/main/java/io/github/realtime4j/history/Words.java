package io.github.realtime4j.history;

import org.jspecify.annotations.Nullable;

/** Text that comes in pieces, and then once more as a whole. */
final class Words {
    /** Null while nothing is known, and while pieces gather. */
    private @Nullable String whole;

    /** Null unless pieces gather. */
    private @Nullable StringBuilder pieces;

    void append(String piece) {
        if (pieces == null) {
            pieces = new StringBuilder(whole == null ? "" : whole);
            whole = null;
        }
        pieces.append(piece);
    }

    void set(@Nullable String words) {
        whole = words;
        pieces = null;
    }

    /** What is known so far; null if nothing is. */
    @Nullable
    String text() {
        return pieces == null ? whole : pieces.toString();
    }

    boolean isEmpty() {
        return pieces == null ? whole == null || whole.isEmpty() : pieces.isEmpty();
    }
}
