package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpFrontTest {
    private final RecordingAcceptor acceptor = new RecordingAcceptor();
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        RestRoutes routes = new RestRoutes()
                .on("POST", "/v1/echo", request -> RestAnswer.json(200, JsonObject.of("heard", request.body())))
                .on("GET", "/v1/bug", request -> {
                    throw new IllegalStateException("secret detail");
                });
        front = HttpFront.start(FrontOptions.DEFAULT, acceptor, routes);
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private String ask(String request) throws IOException {
        try (RawClient client = new RawClient(front)) {
            client.write(request);
            return client.answer();
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void healthCountsOpenSessions() throws Exception {
        try (RawClient client = RawClient.open(front)) {
            RecordingAcceptor.Session session = acceptor.take();

            assertThat(body(ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")))
                    .isEqualTo("{\"status\":\"ok\",\"sessions\":1}");
            client.close(1000);
            assertThat(client.next().closeCode()).isEqualTo(1000);
            assertThat(session.next()).startsWith("end 1000");
        }
    }

    @Test
    void unknownPathsAndMethodsAreRefusedInTheServicesWords() throws Exception {
        assertThat(ask("GET /v1/nothing?x=1 HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("content-type: application/json", "x-request-id: req_", "openai-version: 2020-10-01")
                .endsWith(
                        "{\"error\":{\"message\":\"Invalid URL (GET /v1/nothing)\",\"type\":\"invalid_request_error\","
                                + "\"param\":null,\"code\":null}}");
        assertThat(ask("GET /v1/echo HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Not allowed to GET on /v1/echo.");
    }

    @Test
    void azuresPrefixIsTakenAway() throws Exception {
        assertThat(ask("POST /openai/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("{\"heard\":\"hi\"}");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOnOneConnection() throws Exception {
        try (RawClient client = new RawClient(front)) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append("POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n")
                        .append(10 + i)
                        .append("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            client.write(requests.toString());

            for (int i = 0; i < 50; i++) {
                assertThat(client.answer()).endsWith("{\"heard\":\"" + (10 + i) + "\"}");
                assertThat(client.answer()).endsWith("\"sessions\":0}");
            }
        }
    }

    @Test
    void anUpgradeMayFollowOtherRequestsOnItsConnection() throws Exception {
        acceptor.echoing();
        try (RawClient client = new RawClient(front)) {
            client.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            client.answer();
            assertThat(client.upgrade("/v1/realtime")).startsWith("HTTP/1.1 101 ");
            client.text("hello");

            assertThat(client.next().text()).isEqualTo("hello");
        }
    }

    @Test
    void connectionCloseIsHonoured() throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(client.answer()).contains("connection: close\r\n");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedAlsoWhenItsLengthIsNotAnnounced() throws Exception {
        try (RawClient announced = new RawClient(front);
                RawClient chunked = new RawClient(front)) {
            announced.write("POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\nbegin");
            assertThat(announced.answer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Maximum content size limit (1048576) exceeded.");

            chunked.write("POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                chunked.write(chunk);
            }
            assertThat(chunked.answer()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void browsersOnOtherOriginsMayAsk() throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.write("OPTIONS /v1/realtime/client_secrets HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost:3000\r\n"
                    + "Access-Control-Request-Headers: authorization, x-own\r\n\r\n");

            assertThat(client.head())
                    .startsWith("HTTP/1.1 204 No Content\r\n")
                    .contains(
                            "access-control-allow-origin: *\r\n",
                            "access-control-allow-headers: authorization, x-own\r\n");
        }
        assertThat(ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).contains("access-control-allow-origin: *\r\n");
    }

    @Test
    void aHandlerThatFailsIsA500WithoutDetails() throws Exception {
        assertThat(ask("GET /v1/bug HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ")
                .contains("\"type\":\"server_error\"")
                .doesNotContain("secret detail");
    }

    @Test
    void garbageAndOversizedHeadersAreRefusedAndTheConnectionEnds() throws Exception {
        String[][] cases = {
            {"\u0016\u0003\u0001 not http\r\n\r\n", "400"},
            {"GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n", "414"},
            {"GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(70_000) + "\r\n\r\n", "431"},
        };
        for (String[] bad : cases) {
            try (RawClient client = new RawClient(front)) {
                client.write(bad[0]);

                assertThat(client.answer())
                        .startsWith("HTTP/1.1 " + bad[1] + " ")
                        .contains("connection: close");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void halfARequestIsDroppedWhenItsTimeIsUp() throws Exception {
        FrontOptions hasty = FrontOptions.DEFAULT.withRequestTimeout(Duration.ofMillis(100));
        try (HttpFront impatient = HttpFront.start(hasty, acceptor, new RestRoutes());
                RawClient silent = new RawClient(impatient);
                RawClient half = new RawClient(impatient)) {
            half.write("POST /v1/echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");

            assertThat(half.isAtEnd()).isTrue();
            assertThat(silent.isAtEnd()).isTrue();
        }
    }

    @Test
    void threadsAreFewNamedAndDaemons() throws Exception {
        ask("GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("realtime4j-server-io-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getName().matches("realtime4j-server-io-\\d+"));
    }

    @Test
    void aStoppedServerRefusesConnections() {
        front.close();

        assertThatThrownBy(() -> new RawClient(front)).isInstanceOf(IOException.class);
    }
}
