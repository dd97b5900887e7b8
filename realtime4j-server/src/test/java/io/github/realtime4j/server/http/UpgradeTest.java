package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.HandshakeException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpgradeTest {
    private final RecordingAcceptor acceptor = new RecordingAcceptor();
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        front = HttpFront.start(FrontOptions.DEFAULT, acceptor, new RestRoutes());
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/realtime?model=gpt-realtime",
                "/v1/realtime/?model=gpt-realtime",
                "/v1/realtime?intent=transcription",
                "/v1/realtime/translations?model=gpt-realtime-translate",
                "/openai/v1/realtime?model=deployment",
                "/openai/realtime?api-version=2025-04-01-preview&deployment=d",
                "/voice-live/realtime?api-version=2025-10-01&model=gpt-realtime"
            })
    void everyFormOfTheUrlReachesTheAcceptorAsItCame(String path) throws Exception {
        try (RawClient client = new RawClient(front)) {
            String head = client.upgrade(path, "Authorization: Bearer sk-test");

            assertThat(head)
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(acceptor.take().handshake.uri()).hasToString("ws://localhost" + path);
        }
    }

    @Test
    void browserCredentialsInSubprotocolsAreReadAndOnlyRealtimeIsEchoed() throws Exception {
        try (RawClient client = new RawClient(front)) {
            String head = client.upgrade(
                    "/v1/realtime?model=gpt-realtime",
                    "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.ek_secret, openai-organization.org-1,"
                            + " openai-project.proj_1");

            assertThat(head).contains("sec-websocket-protocol: realtime\r\n").doesNotContain("ek_secret");
            var handshake = acceptor.take().handshake;
            assertThat(handshake.subprotocols()).hasSize(4);
            Credentials credentials = Credentials.of(handshake);
            assertThat(credentials.key()).isEqualTo("ek_secret");
            assertThat(credentials.organization()).isEqualTo("org-1");
            assertThat(credentials.project()).isEqualTo("proj_1");
            assertThat(credentials.beta()).isFalse();
            assertThat(credentials.toString()).doesNotContain("ek_secret");
        }
    }

    @Test
    void unknownSubprotocolsAloneAreNotEchoed() throws Exception {
        try (RawClient client = new RawClient(front)) {
            assertThat(client.upgrade("/v1/realtime", "Sec-WebSocket-Protocol: chat, superchat"))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("sec-websocket-protocol");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Authorization: Bearer sk-1', sk-1",
        "'authorization: bearer sk-1', sk-1",
        "'Authorization: Basic OnNrLTE=', sk-1",
        "'Authorization: Basic c2stMTo=', sk-1",
        "'api-key: azure-1', azure-1",
        "'Authorization: Bearer ',",
        "'Authorization: Digest x',",
        "'Authorization: Basic !!!',",
    })
    void keysAreFoundWhereverClientsPutThem(String header, String key) throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.upgrade("/v1/realtime", header);

            assertThat(Credentials.of(acceptor.take().handshake).key()).isEqualTo(key);
        }
    }

    @Test
    void azuresKeyInTheQueryIsDecoded() throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.upgrade("/openai/realtime?deployment=d&api-key=a%2Bb");

            assertThat(Credentials.of(acceptor.take().handshake).key()).isEqualTo("a+b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenAI-Beta: realtime=v1", "Sec-WebSocket-Protocol: realtime, openai-beta.realtime-v1"})
    void askingForTheBetaIsSeen(String header) throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.upgrade("/v1/realtime", header);

            assertThat(Credentials.of(acceptor.take().handshake).beta()).isTrue();
        }
    }

    @Test
    void compressionIsUsedWhenOfferedAndNotOtherwise() throws Exception {
        try (RawClient offering = new RawClient(front);
                RawClient plain = new RawClient(front)) {
            assertThat(offering.upgrade("/v1/realtime", "Sec-WebSocket-Extensions: permessage-deflate"))
                    .containsIgnoringCase("sec-websocket-extensions: permessage-deflate");
            assertThat(plain.upgrade("/v1/realtime")).doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void theAcceptorsRefusalIsAnsweredAsItSays() throws Exception {
        String body = "{\"error\":{\"code\":\"call_id_not_found\"}}";
        try (HttpFront refusing = HttpFront.start(
                        FrontOptions.DEFAULT,
                        handshake -> {
                            throw new HandshakeException("no such call", 404, "req_1", body, null);
                        },
                        new RestRoutes());
                RawClient client = new RawClient(refusing)) {
            client.write("GET /v1/realtime?call_id=rtc_1 HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("x-request-id: req_1\r\n", "content-type: application/json\r\n")
                    .endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void aRefusalWithoutABodyHasNone() throws Exception {
        try (HttpFront refusing = HttpFront.start(
                        FrontOptions.DEFAULT,
                        handshake -> {
                            throw new HandshakeException("no call with this id", 404, null, null, null);
                        },
                        new RestRoutes());
                RawClient client = new RawClient(refusing)) {
            client.write("GET /v1/realtime?call_id=rtc_1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("content-length: 0\r\n")
                    .doesNotContain("\r\ncontent-type")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void anAcceptorThatFailsCostsTheClientA500AndNobodyElse() throws Exception {
        try (HttpFront failing = HttpFront.start(
                        FrontOptions.DEFAULT,
                        handshake -> {
                            throw new IllegalStateException("bug");
                        },
                        new RestRoutes());
                RawClient client = new RawClient(failing)) {
            client.write("GET /v1/realtime HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("server_error")
                    .doesNotContain("bug");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/realtime HTTP/1.1;Host: x | 426 | 'Upgrade: websocket'",
                "GET /v1/realtime HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket | 426 | Sec-WebSocket-Version: 13",
                "GET /v1/realtime HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket;Sec-WebSocket-Version: 8 | 426 | RFC 6455",
                "GET /v1/realtime HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket;Sec-WebSocket-Version: 13 | 400 | Sec-WebSocket-Key",
                "GET /v1/realtime HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket;Sec-WebSocket-Version: 13;Sec-WebSocket-Key: short | 400 | 16 bytes",
                "POST /v1/realtime HTTP/1.1;Host: x;Content-Length: 0;Connection: Upgrade;Upgrade: websocket | 405 | Expected GET",
                "GET /v2/realtime HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket | 404 | Invalid URL (GET /v2/realtime)",
                "GET /v1/realtime?x=% HTTP/1.1;Host: x;Connection: Upgrade;Upgrade: websocket | 400 | URL"
            })
    void badUpgradesGetAnHttpErrorThatSaysWhatIsWrong(String request, int status, String message) throws Exception {
        try (RawClient client = new RawClient(front)) {
            client.write(request.strip().replace(";", "\r\n") + "\r\n\r\n");

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("\"type\":\"invalid_request_error\"", message.replace("'", ""))
                    .contains("x-request-id: req_");
        }
    }
}
