package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.Receiver;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The server's front for clients in memory: sessions and REST, as {@link HttpFront} for those at its port. */
public final class MemoryFront implements Acceptor {
    private final Acceptor sessions;
    private final RestHandler rest;

    public MemoryFront(Acceptor sessions, RestHandler rest) {
        this.sessions = sessions;
        this.rest = new ServiceAnswers(rest);
    }

    @Override
    public Receiver accept(Handshake handshake) {
        return sessions.accept(handshake);
    }

    @Override
    public HttpResponse answer(HttpRequest request) {
        URI uri = request.uri();
        RestAnswer answer = rest.handle(new RestRequest(
                request.method(),
                ApiPath.canonical(uri.getPath()),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                request.headers(),
                StandardCharsets.UTF_8.decode(request.body()).toString()));
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.add(new Header(HttpAnswers.REQUEST_ID, HttpAnswers.newRequestId()));
        return new HttpResponse(
                answer.status(),
                HttpResponseStatus.valueOf(answer.status()).reasonPhrase(),
                headers,
                ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)));
    }
}
