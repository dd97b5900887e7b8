package io.github.realtime4j;

/** Something was asked of a connection or client that the application itself had closed. */
public final class ConnectionClosedException extends RealtimeException {
    private static final long serialVersionUID = 1;

    ConnectionClosedException(String message) {
        super(message, null);
    }
}
