package io.github.realtime4j.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens connections that carry UTF-8 text messages, sends the few HTTP requests that belong to them, and knows nothing of
 * what either says.
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
 *   <li>{@link #request} never blocks. It completes with the answer, whatever its status, or fails with a {@link
 *       HandshakeException} when nothing of the request was sent, or with a {@link NoAnswerException} when that is not
 *       certain, within {@link HttpRequest#timeout()}. Redirects are not followed and cookies not kept. A body longer than
 *       {@link TransportOptions#maxMessageBytes} is no answer.
 *   <li>{@link #close} aborts what is still open and frees threads.
 * </ul>
 */
public interface Transport extends AutoCloseable {
    /** Starts one connection. Credentials are in the handshake's headers; they must not reach a log or an exception. */
    CompletionStage<Connection> connect(Handshake handshake, Receiver receiver);

    /**
     * Sends one request on a connection of its own; completes on an I/O thread. Credentials are in its headers, as in a
     * handshake's. A transport that does not override this has no REST.
     */
    default CompletionStage<HttpResponse> request(HttpRequest request) {
        return CompletableFuture.failedFuture(
                new HandshakeException("this transport sends no HTTP requests", 0, null, null, null));
    }

    @Override
    void close();
}
