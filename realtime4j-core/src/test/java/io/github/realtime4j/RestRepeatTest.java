package io.github.realtime4j;

import static io.github.realtime4j.ScriptedRest.anyFailure;
import static io.github.realtime4j.ScriptedRest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.NoAnswerException;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked for again, when, and when no more. */
final class RestRepeatTest {
    private static final String SECRET_ANSWER = "{\"value\":\"ek_1\",\"expires_at\":1800000600}";

    private final ScriptedRest server = new ScriptedRest();
    private final ManualRestTimer timer = new ManualRestTimer();
    private RestRequests rest = rest(new InMemoryTransport(server, Runnable::run));

    @AfterEach
    void tearDown() {
        timer.shutdownNow();
        assertThat(server.answers).isEmpty();
    }

    private RestRequests rest(Transport transport) {
        return new RestRequests(
                transport,
                Endpoint.openai(),
                () -> List.of(new Header("Authorization", "Bearer sk-test")),
                Duration.ofSeconds(7),
                timer,
                Runnable::run);
    }

    private ClientSecrets secrets() {
        return new ClientSecrets(rest);
    }

    private Calls calls() {
        return new Calls(rest);
    }

    @Test
    void tooManyRequestsAreRepeatedTwiceAndThenGivenUp() {
        server.will(429, "", "retry-after", "3").will(503, "").will(429, "");
        CompletableFuture<Void> accepted =
                calls().accept("rtc_1", SessionConfig.builder().build());
        assertThat(accepted).isNotDone();
        timer.elapse();
        assertThat(accepted).isNotDone();
        timer.elapse();
        assertThat(failure(accepted).status()).isEqualTo(429);
        assertThat(server.requests).hasSize(3);
        assertThat(timer.delays.get(0)).isBetween(3000L, 3250L);
        assertThat(timer.delays.get(1)).isBetween(1000L, 1500L);
    }

    @Test
    void aRepeatedRequestMaySucceed() {
        server.will(503, "");
        CompletableFuture<Void> accepted = calls().hangup("rtc_1");
        timer.elapse();
        assertThat(accepted).isCompletedWithValue(null);
        assertThat(server.asked(1)).isEqualTo(server.asked(0));
        assertThat(timer.delays.get(0)).isBetween(500L, 750L);
    }

    @Test
    void whatWaitingDoesNotHelpIsNotRepeated() {
        server.will(
                429,
                "{\"error\":{\"message\":\"No credit\",\"type\":\"insufficient_quota\","
                        + "\"code\":\"insufficient_quota\"}}");
        assertThat(failure(calls().hangup("rtc_1")).error().code()).isEqualTo(ErrorCode.INSUFFICIENT_QUOTA);
        server.will(429, "", "retry-after", "6");
        assertThat(failure(calls().hangup("rtc_1")).retryAfter()).isEqualTo(Duration.ofSeconds(6));
        server.will(400, "");
        assertThat(failure(secrets().create(new ClientSecret.Request(null, null)))
                        .status())
                .isEqualTo(400);
        assertThat(timer.scheduled).isEmpty();
    }

    @Test
    void onlyWhatMayBeDoneTwiceIsRepeatedAfterAServerError() {
        server.will(500, "");
        assertThat(failure(calls().hangup("rtc_1")).status()).isEqualTo(500);
        assertThat(timer.scheduled).isEmpty();
        server.will(500, "").will(200, SECRET_ANSWER);
        CompletableFuture<ClientSecret> secret = secrets().create(new ClientSecret.Request(null, null));
        timer.elapse();
        assertThat(secret.join().value()).isEqualTo("ek_1");
    }

    /** Fails as told, then answers through the far end. */
    private final class Flaky implements Transport {
        private final Queue<RuntimeException> failures = new ArrayDeque<>();

        @Override
        public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
            throw new AssertionError("no connection is wanted");
        }

        @Override
        public CompletionStage<HttpResponse> request(HttpRequest request) {
            RuntimeException failure = failures.poll();
            return failure == null
                    ? CompletableFuture.completedFuture(server.answer(request))
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public void close() {}
    }

    @Test
    void aLostAnswerIsAskedForAgainWhereThatIsHarmless() {
        Flaky transport = new Flaky();
        rest = rest(transport);
        NoAnswerException lost = new NoAnswerException("No answer to POST …: the connection was dropped", null);
        transport.failures.add(lost);
        RequestFailedException unknown = failure(calls().create("v=0", null));
        assertThat(unknown).hasMessage(lost.getMessage()).hasCause(lost);
        assertThat(unknown.status()).isZero();
        transport.failures.add(lost);
        server.will(200, SECRET_ANSWER);
        CompletableFuture<ClientSecret> secret = secrets().create(new ClientSecret.Request(null, null));
        timer.elapse();
        assertThat(secret.join().value()).isEqualTo("ek_1");
    }

    @Test
    void whatCouldNotBeSentFailsAtOnce() {
        Flaky transport = new Flaky();
        rest = rest(transport);
        transport.failures.add(new HandshakeException("Cannot connect to x: connection refused", 0, null, null, null));
        assertThat(failure(secrets().create(new ClientSecret.Request(null, null))))
                .hasMessage("Cannot connect to x: connection refused");
        assertThat(timer.scheduled).isEmpty();
    }

    @Test
    void closingTheClientEndsRequestsThatWaitToBeRepeated() {
        server.will(503, "").will(503, "");
        CompletableFuture<Void> waiting = calls().hangup("rtc_1");
        rest.close();
        assertThat(anyFailure(waiting))
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessage("The client was closed");
        assertThat(failure(calls().hangup("rtc_1")).status()).isEqualTo(503);
    }
}
