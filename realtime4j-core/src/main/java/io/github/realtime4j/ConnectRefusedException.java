package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.HandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that could not be opened: there was nobody, or the server did not want it. The service checks key and
 * model only after it has opened the WebSocket: that refusal is an {@code error} event and a close code, and ends up here
 * too.
 */
public final class ConnectRefusedException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String requestId;
    private final @Nullable String body;
    private final transient @Nullable ErrorDetail error;
    private final transient @Nullable ConnectionEnd end;

    private ConnectRefusedException(
            String message,
            int status,
            @Nullable String requestId,
            @Nullable String body,
            @Nullable ErrorDetail error,
            @Nullable ConnectionEnd end,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.requestId = requestId;
        this.body = body;
        this.error = error;
        this.end = end;
    }

    static ConnectRefusedException before(String message) {
        return new ConnectRefusedException(message, 0, null, null, null, null, null);
    }

    static ConnectRefusedException of(HandshakeException e) {
        return new ConnectRefusedException(
                String.valueOf(e.getMessage()), e.status(), e.requestId(), e.body(), null, null, e);
    }

    static ConnectRefusedException of(@Nullable ErrorDetail error, @Nullable ConnectionEnd end) {
        StringBuilder message = new StringBuilder("The server refused the session");
        if (error != null) {
            message.append(": ").append(error.message());
            if (error.code() != null) {
                message.append(" (").append(error.code()).append(')');
            }
        }
        if (end != null) {
            message.append("; connection closed with ").append(end);
        }
        return new ConnectRefusedException(message.toString(), 0, null, null, error, end, null);
    }

    /** The HTTP status of a refused upgrade; 0 when the refusal came otherwise. */
    public int status() {
        return status;
    }

    /** What to quote in a support request. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** The beginning of the body of a refused upgrade. */
    public @Nullable String body() {
        return body;
    }

    /** The {@code error} event that came instead of {@code session.created}. */
    public @Nullable ErrorDetail error() {
        return error;
    }

    /** How the connection ended that had been opened. */
    public @Nullable ConnectionEnd end() {
        return end;
    }
}
