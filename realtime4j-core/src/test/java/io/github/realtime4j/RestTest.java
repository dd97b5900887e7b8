package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.Calls.CreatedCall;
import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Voice;
import io.github.realtime4j.transport.Acceptor;
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
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST against a far end that is played by the test, in memory and on the test's own thread. */
final class RestTest {
    private static final String KEY = "sk-test-0123456789abcdef";
    private static final Endpoint ENDPOINT = Endpoint.openai().model(Model.GPT_REALTIME_MINI);
    private static final String SECRET_ANSWER =
            "{\"value\":\"ek_1\",\"expires_at\":1800000600,\"session\":{\"type\":\"realtime\",\"id\":\"sess_1\"}}";
    private static final String NOT_FOUND =
            "{\"error\":{\"message\":\"No session found for call_id rtc_1\",\"type\":\"invalid_request_error\","
                    + "\"param\":null,\"code\":\"call_id_not_found\"}}";

    private final FarEnd server = new FarEnd();
    private final ManualTimer timer = new ManualTimer();
    private RestRequests rest = rest(ENDPOINT, new InMemoryTransport(server, Runnable::run), Runnable::run);

    @AfterEach
    void tearDown() {
        timer.shutdownNow();
        assertThat(server.answers).isEmpty();
    }

    private RestRequests rest(Endpoint endpoint, Transport transport, Executor callbacks) {
        return new RestRequests(
                transport,
                endpoint,
                () -> List.of(new Header("Authorization", "Bearer " + KEY)),
                Duration.ofSeconds(7),
                timer,
                callbacks);
    }

    /** Remembers what was asked; answers as told, with 200 and nothing when told nothing. */
    private static final class FarEnd implements Acceptor {
        private final List<HttpRequest> requests = new ArrayList<>();
        private final Queue<HttpResponse> answers = new ArrayDeque<>();

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

        FarEnd will(int status, String body, String... namesAndValues) {
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
    }

    /** Runs what was scheduled when told. */
    private static final class ManualTimer extends ScheduledThreadPoolExecutor {
        private final Queue<Runnable> scheduled = new ArrayDeque<>();
        private final List<Long> delays = new ArrayList<>();

        ManualTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            scheduled.add(task);
            delays.add(unit.toMillis(delay));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void elapse() {
            scheduled.remove().run();
        }
    }

    private ClientSecrets secrets() {
        return new ClientSecrets(rest);
    }

    private Calls calls() {
        return new Calls(rest);
    }

    private static RequestFailedException failure(CompletableFuture<?> future) {
        return (RequestFailedException) anyFailure(future);
    }

    private static Throwable anyFailure(CompletableFuture<?> future) {
        assertThat(future).isDone();
        List<Throwable> failures = new ArrayList<>();
        var unused = future.whenComplete((value, failure) -> failures.add(failure));
        return failures.get(0);
    }

    @Test
    void aClientSecretIsAskedForWithTheClientsModel() {
        server.will(200, SECRET_ANSWER);
        ClientSecret secret = secrets()
                .create(SessionConfig.builder().voice(Voice.MARIN).build(), Duration.ofMinutes(2))
                .join();
        assertThat(secret.value()).isEqualTo("ek_1");
        assertThat(secret.expiresAt()).isEqualTo(1_800_000_600);
        assertThat(server.onlyAsked())
                .isEqualTo(
                        "POST https://api.openai.com/v1/realtime/client_secrets application/json"
                                + " {\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":120},\"session\":{"
                                + "\"type\":\"realtime\",\"model\":\"gpt-realtime-mini\",\"audio\":{\"output\":{\"voice\":\"marin\"}}}}");
        assertThat(server.requests.get(0).headers()).contains(new Header("Authorization", "Bearer " + KEY));
        assertThat(server.requests.get(0).timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void onlyAConversationWithoutAModelGetsOne() {
        server.will(200, SECRET_ANSWER).will(200, SECRET_ANSWER).will(200, SECRET_ANSWER);
        SessionConfig named = SessionConfig.builder().model(new Model("mine")).build();
        secrets().create(new ClientSecret.Request(null, named)).join();
        secrets()
                .create(new ClientSecret.Request(
                        null, SessionConfig.transcription().build()))
                .join();
        secrets().create(new ClientSecret.Request(null, null)).join();
        assertThat(server.asked(0)).endsWith(" {\"session\":{\"type\":\"realtime\",\"model\":\"mine\"}}");
        assertThat(server.asked(1)).endsWith(" {\"session\":{\"type\":\"transcription\"}}");
        assertThat(server.asked(2)).endsWith(" {}");
    }

    @Test
    void aTranslationSecretHasAPathAndAModelOfItsOwn() {
        server.will(200, SECRET_ANSWER);
        rest = rest(Endpoint.openai(), new InMemoryTransport(server, Runnable::run), Runnable::run);
        SessionConfig spanish = SessionConfig.translation().language("es").build();
        secrets().createTranslation(new ClientSecret.Request(null, spanish)).join();
        assertThat(server.onlyAsked())
                .isEqualTo(
                        "POST https://api.openai.com/v1/realtime/translations/client_secrets application/json"
                                + " {\"session\":{\"model\":\"gpt-realtime-translate\",\"audio\":{\"output\":{\"language\":\"es\"}}}}");
    }

    @Test
    void aCallIsCreatedWithOfferAndSessionSideBySide() {
        server.will(201, "v=0\r\nanswer\r\n", "Location", "/v1/realtime/calls/rtc_u0_1");
        CreatedCall call = calls().create(
                        "v=0\r\nüber\r\n", SessionConfig.builder().build())
                .join();
        assertThat(call).isEqualTo(new CreatedCall("rtc_u0_1", "v=0\r\nanswer\r\n"));
        String asked = server.onlyAsked();
        String start = "POST https://api.openai.com/v1/realtime/calls multipart/form-data; boundary=";
        assertThat(asked).startsWith(start);
        String boundary = asked.substring(start.length(), asked.indexOf(' ', start.length()));
        assertThat(boundary).matches("realtime4j-[0-9a-f-]{36}");
        assertThat(asked.substring(start.length() + boundary.length() + 1))
                .isEqualTo("--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"sdp\"\r\n"
                        + "Content-Type: application/sdp\r\n"
                        + "\r\n"
                        + "v=0\r\nüber\r\n\r\n"
                        + "--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"session\"\r\n"
                        + "Content-Type: application/json\r\n"
                        + "\r\n"
                        + "{\"type\":\"realtime\",\"model\":\"gpt-realtime-mini\"}\r\n"
                        + "--" + boundary + "--\r\n");
    }

    @Test
    void aClientSecretCreatesACallWithTheOfferAlone() {
        server.will(201, "v=0", "location", "https://api.openai.com/v1/realtime/calls/rtc_2?x=y");
        assertThat(calls().create("v=0\r\n", null).join().callId()).isEqualTo("rtc_2");
        assertThat(server.onlyAsked())
                .isEqualTo("POST https://api.openai.com/v1/realtime/calls application/sdp v=0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1/realtime/calls/"})
    void aCreatedCallWithoutAnIdCannotBeUsed(String location) {
        server.will(201, "v=0", "Location", location, "x-request-id", "req_1");
        RequestFailedException failure = failure(calls().create("v=0", null));
        assertThat(failure)
                .hasMessage("The answer to POST https://api.openai.com/v1/realtime/calls cannot be used: it has no"
                        + " Location header that ends with the call's id (request id req_1)");
        assertThat(failure.status()).isEqualTo(201);
        assertThat(failure.requestId()).isEqualTo("req_1");
    }

    @Test
    void aTelephoneCallIsAcceptedRejectedReferredAndHungUp() {
        calls().accept(
                        "rtc_1",
                        SessionConfig.builder().instructions("Be brief.").build())
                .join();
        calls().reject("rtc_1").join();
        calls().reject("rtc_1", 486).join();
        calls().refer("rtc_1", "tel:+14155550123").join();
        calls().hangup("rtc 1/../x").join();
        String base = "POST https://api.openai.com/v1/realtime/calls/rtc_1/";
        assertThat(server.asked(0))
                .isEqualTo(base + "accept application/json {\"type\":\"realtime\",\"model\":\"gpt-realtime-mini\","
                        + "\"instructions\":\"Be brief.\"}");
        assertThat(server.asked(1)).isEqualTo(base + "reject application/json {}");
        assertThat(server.asked(2)).isEqualTo(base + "reject application/json {\"status_code\":486}");
        assertThat(server.asked(3)).isEqualTo(base + "refer application/json {\"target_uri\":\"tel:+14155550123\"}");
        assertThat(server.asked(4)).isEqualTo("POST https://api.openai.com/v1/realtime/calls/rtc%201%2F..%2Fx/hangup ");
        assertThatThrownBy(() -> calls().hangup(" ")).hasMessage("callId must not be blank");
    }

    @Test
    void aRefusalTellsWhatTheServerSaidAndWhatToDo() {
        server.will(404, NOT_FOUND, "x-request-id", "req_7");
        RequestFailedException failure = failure(calls().hangup("rtc_1"));
        assertThat(failure)
                .hasMessage("POST https://api.openai.com/v1/realtime/calls/rtc_1/hangup failed: the server answered 404"
                        + " Reason; there is no such call, or it has ended, or it is not ready yet. It says: No session"
                        + " found for call_id rtc_1 (request id req_7)");
        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.requestId()).isEqualTo("req_7");
        assertThat(failure.body()).isEqualTo(NOT_FOUND);
        assertThat(failure.error().code()).isEqualTo(ErrorCode.CALL_ID_NOT_FOUND);
        assertThat(failure.error().type()).isEqualTo("invalid_request_error");
        assertThat(failure.error().param()).isNull();
        assertThat(failure.retryAfter()).isNull();
        assertThat(timer.scheduled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{\"error\":{\"message\":\"Unknown parameter: 'session.x'.\"}}"
                        + "|it does not take the request as it is. It says: Unknown parameter: 'session.x'.",
                "401|plain words|the key is missing, wrong or expired. It says: plain words",
                "404|{\"error\":\"no object\"}|nothing is at this path: check base URL, path, deployment and API version."
                        + " It says: {\"error\":\"no object\"}",
                "302|``|it redirects to another address, which is not followed because the key would go there too: use"
                        + " that address if you trust it",
            })
    void aRefusalInAnyFormIsExplained(int status, String body, String rest) {
        server.will(status, body);
        assertThat(failure(secrets().create(new ClientSecret.Request(null, null))))
                .hasMessage("POST https://api.openai.com/v1/realtime/client_secrets failed: the server answered "
                        + status + " Reason; " + rest);
    }

    @Test
    void aServerThatEchoesTheKeyDoesNotPutItIntoTheException() {
        server.will(401, "who is Bearer " + KEY + "x".repeat(10_000), "x-request-id", KEY);
        RequestFailedException failure = failure(calls().hangup("rtc_1"));
        assertThat(failure.getMessage() + failure.body() + failure.requestId()).doesNotContain(KEY);
        assertThat(failure.getMessage()).hasSizeLessThan(600);
        assertThat(failure.body()).hasSize(4096);
    }

    @Test
    void anAnswerThatIsNoSecretCannotBeUsed() {
        server.will(200, "{\"expires_at\":1}");
        assertThat(failure(secrets().create(new ClientSecret.Request(null, null)))
                        .getMessage())
                .startsWith("The answer to POST https://api.openai.com/v1/realtime/client_secrets cannot be used: ")
                .endsWith("at $.value");
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
        rest = rest(ENDPOINT, transport, Runnable::run);
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
        rest = rest(ENDPOINT, transport, Runnable::run);
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

    @Test
    void futuresCompleteOnTheCallbackExecutor() {
        Queue<Runnable> callbacks = new ArrayDeque<>();
        rest = rest(ENDPOINT, new InMemoryTransport(server, Runnable::run), callbacks::add);
        CompletableFuture<Void> hungUp = calls().hangup("rtc_1");
        assertThat(server.requests).hasSize(1);
        assertThat(hungUp).isNotDone();
        callbacks.remove().run();
        assertThat(hungUp).isCompleted();
    }

    @Test
    void aCallbackExecutorThatWasShutDownLeavesNoFutureOpen() {
        rest = rest(ENDPOINT, new InMemoryTransport(server, Runnable::run), task -> {
            throw new RejectedExecutionException();
        });
        assertThat(anyFailure(calls().hangup("rtc_1"))).hasMessage("The client was closed");
    }

    @Test
    void anEndpointWithoutRestSaysSo() {
        Endpoint legacy = Endpoint.azureLegacy("res", "dep", "2025-04-01-preview");
        rest = rest(legacy, new InMemoryTransport(server, Runnable::run), Runnable::run);
        assertThat(failure(secrets().create(new ClientSecret.Request(null, null))))
                .hasMessage(
                        "No REST at " + legacy + ": the beta dialect has none; use the v1 interface of that server");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void theClientSendsItsOwnHeadersAndNeedsAKey() {
        InMemoryTransport memory = new InMemoryTransport(server, Runnable::run);
        RealtimeClient.Builder builder = RealtimeClient.builder()
                .endpoint(Endpoint.openai())
                .transport(memory)
                .project("proj_1");
        builder.apiKey(KEY).build().calls().hangup("rtc_1").join();
        assertThat(server.requests.get(0).headers())
                .containsExactly(new Header("Authorization", "Bearer " + KEY), new Header("OpenAI-Project", "proj_1"));
        assertThat(failure(builder.apiKey((String) null).build().calls().hangup("rtc_1")))
                .hasMessage("No API key: pass one to RealtimeClient.builder().apiKey(…) or set OPENAI_API_KEY");
    }

    @Test
    void nothingOfAKeyIsPrinted() {
        assertThat(new ClientSecret("ek_secret", 1, null).toString()).doesNotContain("ek_secret");
        assertThat(new HttpRequest(
                                "POST",
                                URI.create("https://host/v1"),
                                List.of(new Header("Authorization", KEY)),
                                ByteBuffer.allocate(0),
                                Duration.ZERO)
                        .toString())
                .doesNotContain(KEY);
    }
}
