package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Receiver;

/**
 * A receiver that can also hear of binary messages, which this protocol answers with a non-fatal {@code error}. A plain
 * {@link Receiver} has its connection closed with 1003 instead.
 */
public interface ServerReceiver extends Receiver {
    /**
     * The client sent a binary message; its content is gone. Comes between {@link #onMessage} calls, in the order of the
     * wire.
     *
     * @param length in bytes
     */
    void onBinary(long length);
}
