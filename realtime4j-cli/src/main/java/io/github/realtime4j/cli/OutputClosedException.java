package io.github.realtime4j.cli;

/** Whoever read this program's output has had enough, as {@code | head} does. */
final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputClosedException() {
        super("Nobody reads the output any more", null, false, false);
    }
}
