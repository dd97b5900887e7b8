package io.github.realtime4j.transport;

import io.github.realtime4j.transport.Handshake.Header;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * One HTTP/1.1 request, whole.
 *
 * @param method in capitals
 * @param uri {@code http} or {@code https}, with path and query as they go on the wire
 * @param headers sent in this order, names as given; {@code Host}, {@code Connection} and {@code Content-Length} are the
 *     transport's
 * @param body read-only; empty for none
 * @param timeout from the call to the last byte of the answer, TCP, proxy and TLS included
 */
public record HttpRequest(String method, URI uri, List<Header> headers, ByteBuffer body, Duration timeout) {
    public HttpRequest {
        headers = List.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** A view of its own: reading it changes nothing here. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** The answer without what of this request may be a secret, for messages: servers echo what they were sent. */
    public HttpResponse redact(HttpResponse answer) {
        return Secrets.of(headers, List.of(), uri).removeFrom(answer);
    }

    /** Says nothing of query, headers and body, which may hold secrets. */
    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return method + " " + uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
