package io.github.realtime4j.transport;

/** A message that was not queued: nothing of it was sent, and the connection is as it was. */
public final class WriteRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WriteRefusedException(String message) {
        super(message);
    }
}
