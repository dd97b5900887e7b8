package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/** A connection that was open ended without the application's doing. */
public final class ConnectionLostException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final transient ConnectionEnd end;
    private final transient @Nullable ErrorDetail lastError;

    ConnectionLostException(ConnectionEnd end, @Nullable ErrorDetail lastError) {
        super(message(end, lastError), end.cause());
        this.end = end;
        this.lastError = lastError;
    }

    private static String message(ConnectionEnd end, @Nullable ErrorDetail lastError) {
        String message = "The connection ended with " + end;
        return lastError == null ? message : message + ": " + lastError.message();
    }

    public ConnectionEnd end() {
        return end;
    }

    /** The last {@code error} event before the end: often the reason. */
    public @Nullable ErrorDetail lastError() {
        return lastError;
    }
}
