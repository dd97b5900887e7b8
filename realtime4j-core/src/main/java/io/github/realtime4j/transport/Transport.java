package io.github.realtime4j.transport;

import java.util.concurrent.CompletionStage;

/**
 * Opens connections that carry UTF-8 text messages, and knows nothing of what they say.
 *
 * <p>Contract for implementers:
 *
 * <ul>
 *   <li>{@link #connect} never blocks. It completes with a {@link Connection}, or fails with a {@link
 *       HandshakeException}, never both, and within {@link Handshake#timeout()}.
 *   <li>The {@link Receiver} is called by one thread at a time, in the order of the wire, first {@link
 *       Receiver#onOpen}, last {@link Receiver#onEnd}; {@code onEnd} comes exactly once for every connection that
 *       opened and not at all for one that did not.
 *   <li>A receiver that throws ends its own connection and no other.
 *   <li>{@link #close} aborts what is still open and frees threads.
 * </ul>
 */
public interface Transport extends AutoCloseable {
    /** Starts one connection. Credentials are in the handshake's headers; they must not reach a log or an exception. */
    CompletionStage<Connection> connect(Handshake handshake, Receiver receiver);

    @Override
    void close();
}
