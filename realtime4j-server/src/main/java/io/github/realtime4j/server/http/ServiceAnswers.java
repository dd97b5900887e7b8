package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Handshake.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers as the service does, whatever a handler throws, with the headers that the service adds. */
final class ServiceAnswers implements RestHandler {
    private static final Logger log = LoggerFactory.getLogger(ServiceAnswers.class);

    private final RestHandler handler;

    ServiceAnswers(RestHandler handler) {
        this.handler = handler;
    }

    @Override
    public RestAnswer handle(RestRequest request) {
        long start = System.nanoTime();
        RestAnswer answer = answer(request);
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.add(new Header("openai-version", "2020-10-01"));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        headers.add(new Header("openai-processing-ms", Long.toString(millis)));
        return new RestAnswer(answer.status(), headers, answer.body());
    }

    private RestAnswer answer(RestRequest request) {
        try {
            return handler.handle(request);
        } catch (RestException e) {
            return e.answer();
        } catch (RuntimeException | Error e) {
            log.warn("{} failed", request, e);
            return HttpAnswers.serverError();
        }
    }
}
