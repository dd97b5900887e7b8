package io.github.realtime4j.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A request to open a connection.
 *
 * @param uri {@code ws} or {@code wss}, with path and query as they go on the wire
 * @param headers sent in this order, names as given; a name may occur more than once
 * @param subprotocols offered in {@code Sec-WebSocket-Protocol}; empty for none
 * @param timeout from the call to the 101, TCP, proxy and TLS included
 */
public record Handshake(URI uri, List<Header> headers, List<String> subprotocols, Duration timeout) {
    public Handshake {
        headers = List.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /** The answer without what of this handshake may be a secret, for messages: servers echo what they were sent. */
    public HttpResponse redact(HttpResponse answer) {
        return Secrets.of(headers, subprotocols, uri).removeFrom(answer);
    }

    /** A request header; its value may be a secret and is not printed. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": …";
        }
    }
}
