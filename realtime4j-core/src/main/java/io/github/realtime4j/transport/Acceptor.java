package io.github.realtime4j.transport;

/** The far end of a transport: takes a connection that a client opened. */
public interface Acceptor {
    /**
     * Decides on one handshake.
     *
     * @return the receiver of the new connection's messages; its {@link Receiver#onOpen} brings the connection
     * @throws HandshakeException to refuse, with the HTTP status to answer
     */
    Receiver accept(Handshake handshake);
}
