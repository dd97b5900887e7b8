package io.github.realtime4j.json;

/** Text that is not JSON; the message says where, and quotes nothing of the text. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedJsonException(String message) {
        super(message);
    }
}
