package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Sends one request and collects the answer, whatever its status; then the channel has done its work. */
final class RestExchange extends Exchange {
    private final RestRequest request;
    private final int maxBodyBytes;
    private final ConnectAttempt<HttpResponse> attempt;

    /** Null until a head other than 1xx is here. */
    private @Nullable CollectedAnswer answer;

    RestExchange(RestRequest request, TransportOptions options, ConnectAttempt<HttpResponse> attempt) {
        super(attempt);
        this.request = request;
        this.maxBodyBytes = options.maxMessageBytes();
        this.attempt = attempt;
    }

    @Override
    FullHttpRequest request() {
        return request.toHttp();
    }

    @Override
    void answered(ChannelHandlerContext ctx, io.netty.handler.codec.http.HttpResponse head) {
        if (head.decoderResult().isFailure()) {
            fail("it is not HTTP; "
                    + (request.target().secure()
                            ? "is that a web server?"
                            : "does the port expect https:// instead of http://?"));
        } else if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            fail("it switches to another protocol, which nobody asked for");
        } else if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answer = new CollectedAnswer(head, maxBodyBytes);
        }
    }

    private void fail(String objection) {
        attempt.failed(attempt.failures().noAnswer("there was an answer, but " + objection, null));
    }

    @Override
    void contentRead(ChannelHandlerContext ctx, HttpContent content) {
        if (answer == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            fail("its body is malformed");
        } else if (!answer.add(content.content())) {
            fail("its body is longer than " + maxBodyBytes + " bytes");
        } else if (content instanceof LastHttpContent) {
            attempt.completeAndClose(answer.soFar());
        }
    }
}
