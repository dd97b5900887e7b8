package io.github.realtime4j.transport;

import org.jspecify.annotations.Nullable;

/**
 * A request that was sent, or partly sent, and got no whole answer: the connection broke, time ran out, or the answer was
 * too long or not HTTP. The server may have done what was asked, or not.
 */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what happened and what to do, without credentials */
    public NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
