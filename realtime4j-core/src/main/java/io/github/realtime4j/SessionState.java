package io.github.realtime4j;

/**
 * Where a session is in its life.
 *
 * <pre>NEW → CONNECTING → OPEN → CLOSING → CLOSED
 *           └──────────┴─────────┴──→ FAILED</pre>
 */
public enum SessionState {
    /** Handlers and tools are being attached; nothing has been sent. */
    NEW,
    /** Between {@code connect} and the acknowledgement of the first {@code session.update}. */
    CONNECTING,
    OPEN,
    /** The application has said goodbye; what was queued is being sent. */
    CLOSING,
    /** Ended by the application, or in order by a budget or by the server's 1000. */
    CLOSED,
    /** Could not be opened, or was lost. */
    FAILED;

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return this == CLOSED || this == FAILED;
    }
}
