package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HttpRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;

/** A request as it goes on the wire. */
record RestRequest(HttpRequest request, Target target) {
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "te", "trailer", "upgrade");

    /** @throws IllegalArgumentException if method, address or a header cannot be sent; the message holds no header value */
    static RestRequest of(HttpRequest request) {
        if (!HttpSyntax.isToken(request.method())) {
            throw new IllegalArgumentException("the method is empty or has a character that HTTP does not allow");
        }
        HttpSyntax.requireSendable(request.headers(), OURS);
        return new RestRequest(request, Target.of(request.uri(), "http"));
    }

    FullHttpRequest toHttp() {
        FullHttpRequest http = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.method()),
                target.path(),
                Unpooled.wrappedBuffer(request.body()));
        HttpHeaders headers = http.headers();
        headers.set(HttpHeaderNames.HOST, target.hostHeader());
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        request.headers().forEach(header -> headers.add(header.name(), header.value()));
        if (http.content().isReadable() || !request.method().equals("GET")) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, http.content().readableBytes());
        }
        return http;
    }
}
