package io.github.realtime4j;

import java.nio.ByteBuffer;

/**
 * Sees every message of a connection as it is on the wire, for logs and recordings. Messages contain what people said.
 * Called on the sender's thread, or on the I/O thread for what was received: return quickly. What it throws is logged.
 */
@FunctionalInterface
public interface RawTap {
    /**
     * @param message UTF-8 JSON, read-only, valid during the call only
     */
    void message(Direction direction, ByteBuffer message);

    /** Which way a message went. */
    enum Direction {
        SENT,
        RECEIVED
    }
}
