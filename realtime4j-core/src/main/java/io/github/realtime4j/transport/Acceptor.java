package io.github.realtime4j.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The far end of a transport: takes a connection that a client opened, and answers requests beside it. */
public interface Acceptor {
    /**
     * Decides on one handshake.
     *
     * @return the receiver of the new connection's messages; its {@link Receiver#onOpen} brings the connection
     * @throws HandshakeException to refuse, with the HTTP status to answer
     */
    Receiver accept(Handshake handshake);

    /**
     * Answers one HTTP request; with 404 unless overridden. May block if the transport's executor lets it. An exception is
     * answered with 500.
     */
    default HttpResponse answer(HttpRequest request) {
        byte[] body = "this acceptor takes connections and answers no requests".getBytes(StandardCharsets.UTF_8);
        return new HttpResponse(
                404,
                "Not Found",
                List.of(new Handshake.Header("content-type", "text/plain; charset=utf-8")),
                ByteBuffer.wrap(body));
    }
}
