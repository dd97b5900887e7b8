package io.github.realtime4j.cli.voice;

/** A conversation cannot go on: the server has left, or owes an answer and is silent. */
public final class ConversationBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConversationBrokenException(String message) {
        super(message);
    }
}
