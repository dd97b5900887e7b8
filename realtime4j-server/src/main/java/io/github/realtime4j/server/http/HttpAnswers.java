package io.github.realtime4j.server.http;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.Handshake.Header;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers as Netty writes them. */
final class HttpAnswers {
    static final String REQUEST_ID = "x-request-id";

    private HttpAnswers() {}

    /** With the headers that every answer has. */
    static FullHttpResponse of(RestAnswer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8),
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory());
        HttpHeaders headers = response.headers();
        for (Header header : answer.headers()) {
            headers.add(header.name(), header.value());
        }
        if (!headers.contains(REQUEST_ID)) {
            headers.set(REQUEST_ID, newRequestId());
        }
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Location, X-Request-Id");
        headers.set("x-content-type-options", "nosniff");
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        }
        return response;
    }

    static String newRequestId() {
        return "req_" + RandomText.hex(32);
    }

    static FullHttpResponse last(RestAnswer answer) {
        FullHttpResponse response = of(answer);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** An {@code invalid_request_error} without code or parameter. */
    static RestAnswer refusal(int status, String message) {
        return RestException.invalidRequest(status, null, message, null).answer();
    }

    static RestAnswer serverError() {
        return RestAnswer.error(
                500,
                new ErrorDetail(
                        "server_error",
                        null,
                        "The server had an error while processing your request. Sorry about that!",
                        null,
                        null));
    }
}
