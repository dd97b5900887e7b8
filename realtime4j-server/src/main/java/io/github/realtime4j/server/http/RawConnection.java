package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Connection;

/** A connection that can be made to misbehave. */
interface RawConnection extends Connection {
    /** Queues bytes for the socket as they are, outside any frame. */
    void sendRaw(byte[] bytes);

    /** Reads and writes nothing any more, and stays open; until {@link #abort}. */
    void stall();
}
