package io.github.realtime4j.transport;

import org.jspecify.annotations.Nullable;

/**
 * A connection that never opened: the address did not resolve, nobody listened, a proxy or TLS refused, the answer was
 * not a 101, or time ran out.
 */
public final class HandshakeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** At most this many bytes of a refusal's body are kept. */
    public static final int BODY_LIMIT = 4096;

    private final int status;
    private final @Nullable String requestId;
    private final @Nullable String body;

    /**
     * @param message what happened and what to do, without credentials
     * @param status the HTTP status of the refusal; 0 when there was no HTTP answer
     * @param requestId the answer's {@code x-request-id} (or Azure's {@code apim-request-id}), to quote in a support request
     * @param body the beginning of the answer's body, at most {@link #BODY_LIMIT} bytes
     */
    public HandshakeException(
            String message, int status, @Nullable String requestId, @Nullable String body, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.requestId = requestId;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public @Nullable String requestId() {
        return requestId;
    }

    public @Nullable String body() {
        return body;
    }
}
