package io.github.realtime4j.netty;

import static io.github.realtime4j.netty.Fixtures.utf8;
import static io.github.realtime4j.netty.ReceiverRecorder.await;
import static io.github.realtime4j.netty.ReceiverRecorder.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.NoAnswerException;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transport promises of its requests. */
@Timeout(60)
abstract class RequestContract {
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    /** A transport to this acceptor; both sides with these options. */
    abstract Transport start(Acceptor acceptor, TransportOptions options);

    /** {@code http} or {@code https}, without a path. */
    abstract String origin();

    /** Whether a slow acceptor holds back the thread that asks. */
    boolean asksOnTheSameThread() {
        return false;
    }

    TransportOptions options() {
        return Fixtures.PLAIN;
    }

    <T extends AutoCloseable> T closeLater(T resource) {
        toClose.push(resource);
        return resource;
    }

    @AfterEach
    void tearDown() throws Exception {
        for (AutoCloseable resource : toClose) {
            resource.close();
        }
    }

    private record Answering(Function<HttpRequest, HttpResponse> answers) implements Acceptor {
        @Override
        public Receiver accept(Handshake handshake) {
            throw new HandshakeException("requests only", 404, null, null, null);
        }

        @Override
        public HttpResponse answer(HttpRequest request) {
            return answers.apply(request);
        }
    }

    private Transport transport(Function<HttpRequest, HttpResponse> answers) {
        return closeLater(start(new Answering(answers), options()));
    }

    private HttpRequest post(String path, String body) {
        return post(path, body, Fixtures.TIMEOUT);
    }

    private HttpRequest post(String path, String body, Duration timeout) {
        List<Header> headers = List.of(
                new Header("Authorization", "Bearer " + Fixtures.KEY),
                new Header("Content-Type", "text/plain"),
                new Header("X-Twice", "b"),
                new Header("X-Twice", "a"));
        return new HttpRequest("POST", URI.create(origin() + path), headers, utf8(body), timeout);
    }

    private static HttpResponse ok(String body) {
        return new HttpResponse(200, "OK", List.of(), utf8(body));
    }

    @Test
    void theAcceptorSeesMethodPathHeadersAndBody() {
        ConcurrentLinkedQueue<HttpRequest> seen = new ConcurrentLinkedQueue<>();
        Transport transport = transport(request -> {
            seen.add(request);
            return ok("");
        });
        HttpRequest request = post("/v1/realtime/calls/rtc_1/accept?a=b%20c", "grüezi");
        await(transport.request(request));
        assertThat(seen).hasSize(1);
        HttpRequest asked = seen.remove();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri()).isEqualTo(request.uri());
        assertThat(asked.headers()).containsSubsequence(request.headers());
        assertThat(asked.body()).isEqualTo(utf8("grüezi"));
    }

    @Test
    void theBodyOfTheRequestIsNotConsumed() {
        Transport transport = transport(request -> ok(request.body().remaining() + " bytes"));
        HttpRequest request = post("/", "again");
        assertThat(await(transport.request(request)).text()).isEqualTo("5 bytes");
        assertThat(await(transport.request(request)).text()).isEqualTo("5 bytes");
    }

    @Test
    void anAnswerComesWithStatusReasonHeadersAndBody() {
        Transport transport = transport(request -> new HttpResponse(
                201,
                "Created",
                List.of(new Header("Location", "/v1/realtime/calls/rtc_1"), new Header("x-request-id", "req_1")),
                utf8("v=0 – ok")));
        HttpResponse answer = await(transport.request(post("/v1/realtime/calls", "offer")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.reason()).isEqualTo("Created");
        assertThat(answer.header("location")).isEqualTo("/v1/realtime/calls/rtc_1");
        assertThat(answer.requestId()).isEqualTo("req_1");
        assertThat(answer.text()).isEqualTo("v=0 – ok");
    }

    @Test
    void anErrorStatusIsAnAnswerAndARedirectIsNotFollowed() {
        Transport transport = transport(request -> request.uri().getPath().equals("/moved")
                ? new HttpResponse(307, "Elsewhere", List.of(new Header("location", "/here")), utf8(""))
                : new HttpResponse(429, "Slow down", List.of(new Header("retry-after", "3")), utf8("{}")));
        assertThat(await(transport.request(post("/", ""))).header("Retry-After"))
                .isEqualTo("3");
        assertThat(await(transport.request(post("/moved", ""))).status()).isEqualTo(307);
    }

    @Test
    void anAnswerMayBeEmpty() {
        Transport transport =
                transport(request -> new HttpResponse(204, "No Content", List.of(), ByteBuffer.allocate(0)));
        HttpResponse answer = await(transport.request(post("/", "")));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void bodiesUpToTheLimitArriveWholeAndLongerOnesAreNoAnswer() {
        int limit = 200_000;
        Transport transport = closeLater(start(
                new Answering(request -> ok("x".repeat(request.uri().getPath().equals("/fits") ? limit : limit + 1))),
                options().maxMessageBytes(limit)));
        assertThat(await(transport.request(post("/fits", ""))).text()).hasSize(limit);
        HttpRequest tooLong = post("/too-long", "");
        assertThat(awaitFailure(transport.request(tooLong)))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("No answer to " + tooLong + ": ")
                .hasMessageEndingWith("its body is longer than 200000 bytes");
    }

    @Test
    void anAcceptorThatThrowsIsAnsweredWith500() {
        Transport transport = transport(request -> {
            throw new IllegalStateException("broken");
        });
        assertThat(await(transport.request(post("/", ""))).status()).isEqualTo(500);
    }

    @Test
    void anAcceptorThatTakesConnectionsOnlyAnswers404() {
        Transport transport = closeLater(start(handshake -> new ReceiverRecorder(), options()));
        HttpResponse answer = await(transport.request(post("/", "")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("this acceptor takes connections and answers no requests");
    }

    @Test
    void requestsAndConnectionsShareATransport() {
        ReceiverRecorder client = new ReceiverRecorder();
        ReceiverRecorder server = new ReceiverRecorder();
        Transport transport = closeLater(start(
                new Acceptor() {
                    @Override
                    public Receiver accept(Handshake handshake) {
                        return server;
                    }

                    @Override
                    public HttpResponse answer(HttpRequest request) {
                        return ok("beside it");
                    }
                },
                options()));
        URI socket = URI.create(origin().replaceFirst("http", "ws") + "/v1/realtime");
        await(transport.connect(Fixtures.handshake(socket), client));
        assertThat(await(transport.request(post("/", ""))).text()).isEqualTo("beside it");
        await(client.connection().send(utf8("still open")));
        server.expect("open", "still open");
    }

    @Test
    void aSlowAnswerRunsIntoTheTimeout() {
        if (asksOnTheSameThread()) {
            return;
        }
        CountDownLatch over = new CountDownLatch(1);
        closeLater(over::countDown);
        Transport transport = transport(request -> late(over));
        HttpRequest request = post("/slow", "", Duration.ofMillis(300));
        assertThat(awaitFailure(transport.request(request)))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("No answer to " + request + ": nothing whole within 300 ms");
        over.countDown();
    }

    private static HttpResponse late(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return ok("too late");
    }

    @Test
    void closingTheTransportEndsItsRequestsAndRefusesNewOnes() {
        CountDownLatch over = new CountDownLatch(1);
        closeLater(over::countDown);
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Transport transport = transport(request -> {
            asked.complete(null);
            return asksOnTheSameThread() ? ok("") : late(over);
        });
        HttpRequest request = post("/", "");
        CompletionStage<HttpResponse> result = transport.request(request);
        await(asked);
        transport.close();
        if (!asksOnTheSameThread()) {
            assertThat(awaitFailure(result))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("No answer to " + request + ": the transport was closed");
        }
        over.countDown();
        assertThat(awaitFailure(transport.request(request)))
                .isInstanceOf(HandshakeException.class)
                .hasMessage("the transport is closed");
    }

    @Test
    void nothingSecretIsPrinted() {
        HttpRequest request = new HttpRequest(
                "POST",
                URI.create("https://host:8443/v1?token=" + Fixtures.KEY),
                List.of(new Header("Authorization", "Bearer " + Fixtures.KEY)),
                utf8(Fixtures.KEY),
                Fixtures.TIMEOUT);
        assertThat(request.toString()).isEqualTo("POST https://host:8443/v1");
        HttpResponse answer =
                new HttpResponse(200, "OK", List.of(new Header("x-echo", Fixtures.KEY)), utf8(Fixtures.KEY));
        assertThat(answer.toString()).isEqualTo("HttpResponse[200, 24 bytes]");
        HttpResponse redacted = request.redact(answer);
        assertThat(redacted.text()).isEqualTo("…");
        assertThat(redacted.header("X-Echo")).isEqualTo("…");
    }
}
