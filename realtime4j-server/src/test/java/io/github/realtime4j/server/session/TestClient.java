package io.github.realtime4j.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Receiver;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A raw client in memory: with a server on the same thread, every answer is there when a call returns. */
final class TestClient implements Receiver {
    private final List<JsonObject> received = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable ConnectionEnd end;
    private int seen;

    private TestClient() {}

    /** A server without threads, pauses and real speech. */
    static RealtimeServer.Builder server() {
        return server(new ManualTime(Instant.parse("2026-07-28T05:00:00Z")));
    }

    static RealtimeServer.Builder server(ManualTime time) {
        return RealtimeServer.builder()
                .sameThread()
                .time(time)
                .pacing(Pacing.NONE)
                .synthesizer(new ToneSynthesizer());
    }

    static TestClient connect(RealtimeServer server) {
        return connect(server, "?model=gpt-realtime");
    }

    static TestClient connect(RealtimeServer server, String query) {
        return connect(server, query, List.of(new Handshake.Header("Authorization", "Bearer sk-test")), List.of());
    }

    static TestClient connect(
            RealtimeServer server, String query, List<Handshake.Header> headers, List<String> subprotocols) {
        TestClient client = new TestClient();
        URI uri = URI.create("ws://localhost/v1/realtime" + query);
        Handshake handshake = new Handshake(uri, headers, subprotocols, Duration.ofSeconds(5));
        InMemoryTransport transport = new InMemoryTransport(server.acceptor(), Runnable::run);
        transport.connect(handshake, client).toCompletableFuture().join();
        return client;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
    }

    @Override
    public void onMessage(ByteBuffer message) {
        received.add(JsonObject.parse(StandardCharsets.UTF_8.decode(message).toString()));
    }

    @Override
    public void onEnd(ConnectionEnd how) {
        end = how;
    }

    Connection connection() {
        Connection opened = connection;
        assertThat(opened).isNotNull();
        return opened;
    }

    @Nullable
    ConnectionEnd end() {
        return end;
    }

    void send(String json) {
        var unused = connection().send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Single quotes for double ones. */
    void say(String json) {
        send(json.replace('\'', '"'));
    }

    void append(byte[] pcm) {
        send("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                + Base64.getEncoder().encodeToString(pcm) + "\"}");
    }

    void userText(String text) {
        send(JsonObject.of(
                        "type",
                        "conversation.item.create",
                        "item",
                        Map.of(
                                "type",
                                "message",
                                "role",
                                "user",
                                "content",
                                List.of(Map.of("type", "input_text", "text", text))))
                .toString());
    }

    List<JsonObject> all() {
        return received;
    }

    /** What has come since the last call. */
    List<JsonObject> news() {
        List<JsonObject> news = List.copyOf(received.subList(seen, received.size()));
        seen = received.size();
        return news;
    }

    /** Types of what has come since the last call; deltas of one kind in a row count once. */
    List<String> types() {
        List<String> types = new ArrayList<>();
        for (JsonObject event : news()) {
            String type = String.valueOf(event.string("type"));
            boolean again = type.endsWith(".delta")
                    && !types.isEmpty()
                    && types.get(types.size() - 1).equals(type);
            if (!again) {
                types.add(type);
            }
        }
        return types;
    }

    JsonObject last(String type) {
        for (int i = received.size() - 1; i >= 0; i--) {
            if (type.equals(received.get(i).string("type"))) {
                return received.get(i);
            }
        }
        throw new AssertionError("No " + type + " in " + received);
    }

    JsonObject first(String type) {
        return received.stream()
                .filter(event -> type.equals(event.string("type")))
                .findFirst()
                .orElseThrow();
    }

    /** The value at a path of names and indexes, as text. */
    static String at(JsonObject event, Object... path) {
        JsonValue value = event;
        for (Object step : path) {
            if (step instanceof Integer index) {
                value = ((JsonValue.JsonArray) value).elements().get(index);
            } else {
                JsonValue next = ((JsonObject) value).get(String.valueOf(step));
                assertThat(next).as("%s in %s", step, value).isNotNull();
                value = next;
            }
        }
        return value instanceof JsonValue.JsonString text ? text.value() : value.toString();
    }

    /** The last error's code, message and param. */
    List<String> error() {
        JsonObject error = last("error");
        return List.of(at(error, "error", "code"), at(error, "error", "message"), at(error, "error", "param"));
    }
}
