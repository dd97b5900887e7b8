package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Remembers what was asked; answers as told, with 200 and nothing when told nothing. */
final class ScriptedRest implements Acceptor {
    final List<HttpRequest> requests = new ArrayList<>();
    final Queue<HttpResponse> answers = new ArrayDeque<>();

    @Override
    public Receiver accept(Handshake handshake) {
        throw new HandshakeException("requests only", 404, null, null, null);
    }

    @Override
    public HttpResponse answer(HttpRequest request) {
        requests.add(request);
        HttpResponse next = answers.poll();
        return next == null ? answer(200, "") : next;
    }

    ScriptedRest will(int status, String body, String... namesAndValues) {
        answers.add(answer(status, body, namesAndValues));
        return this;
    }

    private static HttpResponse answer(int status, String body, String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new HttpResponse(status, "Reason", headers, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code METHOD uri content-type body}. */
    String asked(int index) {
        HttpRequest request = requests.get(index);
        String type = request.headers().stream()
                .filter(header -> header.name().equals("Content-Type"))
                .map(header -> " " + header.value())
                .findFirst()
                .orElse("");
        return request.method() + " " + request.uri() + type + " " + StandardCharsets.UTF_8.decode(request.body());
    }

    String onlyAsked() {
        assertThat(requests).hasSize(1);
        return asked(0);
    }

    static RequestFailedException failure(CompletableFuture<?> future) {
        return (RequestFailedException) anyFailure(future);
    }

    static Throwable anyFailure(CompletableFuture<?> future) {
        assertThat(future).isDone();
        List<Throwable> failures = new ArrayList<>();
        var unused = future.whenComplete((value, failure) -> failures.add(failure));
        return failures.get(0);
    }
}
