package io.github.realtime4j.cli.voice;

/** The server owes an answer and is silent. */
public final class StalledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StalledException(String message) {
        super(message);
    }
}
