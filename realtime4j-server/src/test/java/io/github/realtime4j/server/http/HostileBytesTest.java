package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever one client sends, the others go on being served. */
final class HostileBytesTest {
    private static final int ROUNDS = 750;
    private static final String[] LINES = {
        "GET /v1/realtime HTTP/1.1",
        "POST /v1/realtime/client_secrets HTTP/1.1",
        "GET http://[::1 HTTP/1.1",
        "PRI * HTTP/2.0",
        "OPTIONS * HTTP/1.1",
        "Host: x",
        "Host: user@[bad]:99999",
        "Connection: Upgrade, keep-alive",
        "Upgrade: websocket",
        "Upgrade: h2c",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: ,,realtime,\u00ff",
        "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999999999",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=8; server_no_context_takeover",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Expect: the unexpected",
        "ffffffffffffffff",
        "",
        "",
        "5;ext=1",
        "hello",
        "0",
    };

    private final RecordingAcceptor acceptor = new RecordingAcceptor().echoing();
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        front = HttpFront.start(FrontOptions.DEFAULT, acceptor, new RestRoutes());
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private interface Attack {
        void on(RawClient victim, Random random) throws IOException;
    }

    /** The end of the attack's connection is not awaited: some attacks leave the server waiting for more, as they may. */
    private void attack(long seed, boolean upgraded, Attack attack) throws Exception {
        Random random = new Random(seed);
        try (RawClient good = RawClient.open(front)) {
            acceptor.take();
            for (int round = 0; round < ROUNDS; round++) {
                try (RawClient attacker = upgraded ? RawClient.open(front) : new RawClient(front)) {
                    attack.on(attacker, random);
                } catch (IOException serverHungUp) {
                    assertThat(serverHungUp).hasMessageNotContaining("timed out");
                }
                if (round % 100 == 0) {
                    good.text("still there " + round);
                    assertThat(good.next().text()).isEqualTo("still there " + round);
                }
            }
            good.text("done");
            assertThat(good.next().text()).isEqualTo("done");
        }
    }

    @Test
    void randomBytesInsteadOfHttp() throws Exception {
        attack(1, false, (attacker, random) -> {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            attacker.write(bytes);
        });
    }

    @Test
    void piecesOfHttpInAnyOrder() throws Exception {
        attack(2, false, (attacker, random) -> {
            StringBuilder request = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                request.append(LINES[random.nextInt(LINES.length)]).append(random.nextInt(10) == 0 ? "\n" : "\r\n");
            }
            attacker.write(request.append("\r\n").toString());
        });
    }

    @Test
    void randomBytesInsteadOfFrames() throws Exception {
        attack(3, true, (attacker, random) -> {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            attacker.write(bytes);
        });
    }

    @Test
    void framesThatAreAlmostRight() throws Exception {
        attack(4, true, (attacker, random) -> {
            for (int i = random.nextInt(5); i >= 0; i--) {
                byte[] payload =
                        ("{\"type\":\"" + "ü".repeat(random.nextInt(80)) + "\"}").getBytes(StandardCharsets.UTF_8);
                if (random.nextBoolean()) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                int opcode = random.nextInt(8) == 0 ? random.nextInt(16) : random.nextInt(3);
                int flags = random.nextInt(8) == 0 ? random.nextInt(16) << 4 : random.nextInt(2) << 7;
                attacker.frame(flags | opcode, payload);
            }
        });
    }
}
