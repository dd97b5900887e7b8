package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole server over a socket, with a client that knows nothing of it. */
final class RealtimeServerTest {
    private static final String CLEAR = "{'type':'input_audio_buffer.clear'}";
    private static final long PATIENCE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Collects text messages; a close is the message {@code close CODE}. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                queue.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            queue.add("close " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            queue.add("close 1006");
        }

        JsonObject await(String type) throws InterruptedException {
            while (true) {
                String next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(next).as("waiting for " + type).isNotNull().doesNotStartWith("close");
                JsonObject event = JsonObject.parse(next);
                if (type.equals(event.string("type"))) {
                    return event;
                }
            }
        }

        int awaitClose() throws InterruptedException {
            while (true) {
                String next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(next).isNotNull();
                if (next.startsWith("close")) {
                    return Integer.parseInt(next.substring(6));
                }
            }
        }
    }

    private WebSocket connect(RealtimeServer server, String key, Messages messages) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(URI.create(server.uri() + "?model=gpt-realtime"), messages)
                .join();
    }

    @Test
    void aSpokenAnswerComesOverTheSocket() throws Exception {
        try (RealtimeServer server = RealtimeServer.builder()
                .synthesizer(new ToneSynthesizer())
                .pacing(Pacing.NONE)
                .start()) {
            server.enqueue(ScriptedResponse.text("Good to see you."));
            Messages messages = new Messages();
            WebSocket socket = connect(server, "any", messages);
            messages.await("session.created");
            socket.sendText("{\"type\":\"response.create\"}", true).join();
            JsonObject done = messages.await("response.done");
            assertThat(done.toString()).contains("Good to see you.");
            assertThat(server.connections()).isEqualTo(1);
            socket.sendClose(1000, "").join();
            assertThat(messages.awaitClose()).isEqualTo(1000);
            RecordedSession session = server.takeSession();
            assertThat(session.types()).containsExactly("response.create");
            assertThat(session.receivedTypes()).contains("response.output_audio.delta");
        }
    }

    @Test
    void aClientSecretOpensTheSessionItWasMadeFor() throws Exception {
        try (RealtimeServer server = RealtimeServer.builder().keys("sk-good").start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/realtime/client_secrets"))
                    .header("Authorization", "Bearer sk-good")
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    "{\"session\":{\"type\":\"realtime\",\"model\":\"gpt-realtime-2.1\",\"instructions\":\"Hum.\"}}"))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonObject body = JsonObject.parse(answer.body());
            Messages messages = new Messages();
            connect(server, String.valueOf(body.string("value")), messages);
            JsonObject session = messages.await("session.created").object("session");
            assertThat(session).isNotNull();
            assertThat(session.string("instructions")).isEqualTo("Hum.");
            assertThat(session.string("model")).isEqualTo("gpt-realtime-2.1");
        }
    }

    @Test
    void aWebRtcCallIsBegunOverHttpAndAttendedToOverASocket() throws Exception {
        try (RealtimeServer server = RealtimeServer.start()) {
            String form = "--b\r\nContent-Disposition: form-data; name=\"sdp\"\r\nContent-Type: application/sdp\r\n\r\n"
                    + "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=\"session\"\r\nContent-Type: application/json\r\n\r\n"
                    + "{\"type\":\"realtime\",\"model\":\"gpt-realtime\"}\r\n--b--\r\n";
            HttpResponse<String> answer = post(server, "/realtime/calls", form, "multipart/form-data; boundary=b");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).startsWith("v=0\r\n");
            String location = answer.headers().firstValue("Location").orElseThrow();
            Messages messages = new Messages();
            URI call = URI.create(server.uri() + "?call_id=" + location.substring(location.lastIndexOf('/') + 1));
            WebSocket socket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer any")
                    .buildAsync(call, messages)
                    .join();
            socket.sendText("{\"type\":\"input_audio_buffer.clear\"}", true).join();
            messages.await("input_audio_buffer.cleared");
            String path = location.substring("/v1".length());
            assertThat(post(server, path + "/hangup", "", "application/json").statusCode())
                    .isEqualTo(200);
            assertThat(messages.awaitClose()).isEqualTo(1000);
            assertThat(post(server, path + "/hangup", "", "application/json").body())
                    .contains("\"code\":\"call_id_not_found\"");
        }
    }

    private HttpResponse<String> post(RealtimeServer server, String path, String body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .header("Authorization", "Bearer any")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBinaryFrameIsAnErrorAndNotTheEnd() throws Exception {
        try (RealtimeServer server = RealtimeServer.start()) {
            Messages messages = new Messages();
            WebSocket socket = connect(server, "any", messages);
            socket.sendBinary(ByteBuffer.allocate(3), true).join();
            assertThat(messages.await("error").toString()).contains("binary frames are not supported");
            socket.sendText("{\"type\":\"input_audio_buffer.clear\"}", true).join();
            messages.await("input_audio_buffer.cleared");
        }
    }

    @Test
    void aFaultBelongsToTheNextConnectionOnly() throws Exception {
        try (RealtimeServer server = RealtimeServer.start()) {
            server.enqueueFaults(new Fault.CloseConnection(Trigger.after("session.created"), 1012, "restart"));
            Messages first = new Messages();
            connect(server, "any", first);
            assertThat(first.awaitClose()).isEqualTo(1012);
            Messages second = new Messages();
            WebSocket socket = connect(server, "any", second);
            socket.sendText("{\"type\":\"input_audio_buffer.clear\"}", true).join();
            second.await("input_audio_buffer.cleared");
        }
    }

    @Test
    void aFaultOfTheServerBelongsToEveryConnection() {
        try (RealtimeServer server = RealtimeServer.builder()
                .sameThread()
                .faults(new Fault.DropEvent("input_audio_buffer.cleared", 1))
                .start()) {
            server.enqueueFaults(new Fault.NeverAcknowledge(Trigger.onClientEvent("response.cancel")));
            MemoryClient first = MemoryClient.connect(server.acceptor());
            first.say("{'type':'response.cancel'}", CLEAR, CLEAR);
            assertThat(first.types()).containsExactly("session.created", "input_audio_buffer.cleared");
            MemoryClient second = MemoryClient.connect(server.acceptor());
            second.say("{'type':'response.cancel'}", CLEAR, CLEAR);
            assertThat(second.types()).containsExactly("session.created", "error", "input_audio_buffer.cleared");
        }
    }

    @Test
    void closingTheServerSaysGoodbye() throws Exception {
        Messages messages = new Messages();
        try (RealtimeServer server = RealtimeServer.start()) {
            connect(server, "any", messages);
            messages.await("session.created");
        }
        assertThat(messages.awaitClose()).isEqualTo(1001);
    }

    @Test
    void aServerInMemoryHasNoAddress() {
        try (RealtimeServer server = RealtimeServer.builder().inMemory().start()) {
            assertThatThrownBy(server::uri)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("This server is in memory only: connect to acceptor()");
        }
    }

    @Test
    void manySessionsAreAnsweredAtOnce() throws Exception {
        try (RealtimeServer server = RealtimeServer.builder()
                .synthesizer(new ToneSynthesizer())
                .pacing(Pacing.NONE)
                .responder(request -> Reply.text("Here you are."))
                .start()) {
            List<Messages> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Messages messages = new Messages();
                WebSocket socket = connect(server, "any", messages);
                socket.sendText("{\"type\":\"response.create\"}", true).join();
                all.add(messages);
            }
            for (Messages messages : all) {
                assertThat(messages.await("response.done").toString()).contains("Here you are.");
            }
        }
    }
}
