package io.github.realtime4j.transport;

import java.nio.ByteBuffer;

/**
 * What a connection tells its owner, on an I/O thread: return quickly and never block. Grammar: {@code onOpen (onMessage
 * | onWritable)* onEnd}.
 */
public interface Receiver {
    /** The handshake has succeeded; no message has been read yet. */
    default void onOpen(Connection connection) {}

    /**
     * One whole text message.
     *
     * @param message UTF-8, valid during the call only
     */
    void onMessage(ByteBuffer message);

    /** The send queue has drained below its low-water mark after {@link Connection#isWritable} was false. */
    default void onWritable() {}

    /** The last call, exactly once. */
    void onEnd(ConnectionEnd end);
}
