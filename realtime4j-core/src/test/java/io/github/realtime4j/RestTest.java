package io.github.realtime4j;

import static io.github.realtime4j.ScriptedRest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.Calls.CreatedCall;
import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Voice;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

    private final ScriptedRest server = new ScriptedRest();
    private final ManualRestTimer timer = new ManualRestTimer();
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

    private ClientSecrets secrets() {
        return new ClientSecrets(rest);
    }

    private Calls calls() {
        return new Calls(rest);
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
    void whatIsNoSecretIsQuoted() {
        server.will(415, "expected application/json");
        assertThat(failure(calls().reject("rtc_1"))).hasMessageEndingWith(" It says: expected application/json");
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
        assertThat(ScriptedRest.anyFailure(calls().hangup("rtc_1"))).hasMessage("The client was closed");
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
