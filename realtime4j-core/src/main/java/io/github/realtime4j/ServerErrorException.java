package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;

/** The server refused a command. It had no effect, and the session goes on. */
public final class ServerErrorException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final transient ErrorDetail error;

    ServerErrorException(ErrorDetail error) {
        super(message(error), null);
        this.error = error;
    }

    private static String message(ErrorDetail error) {
        String message = error.message() == null ? "The server refused the command" : error.message();
        return error.code() == null ? message : message + " (" + error.code() + ")";
    }

    /** Code, offending field and event id, as the server words it. */
    public ErrorDetail error() {
        return error;
    }
}
