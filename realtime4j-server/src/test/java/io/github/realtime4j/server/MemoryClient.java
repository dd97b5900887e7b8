package io.github.realtime4j.server;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RawTap;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.InMemoryTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A raw client on the test's own thread: every answer is there when a call returns. */
final class MemoryClient implements AutoCloseable {
    private final List<JsonObject> received = new ArrayList<>();
    private final RealtimeClient client;
    private final RealtimeConnection connection;
    private int seen;

    private MemoryClient(Acceptor acceptor, String query) {
        client = RealtimeClient.builder()
                .apiKey("sk-test")
                .transport(new InMemoryTransport(acceptor, Runnable::run))
                .build();
        Endpoint endpoint = Endpoint.custom(URI.create("ws://localhost/v1/realtime" + query));
        connection = client.open(endpoint.withoutGreeting(), (direction, message) -> {
            if (direction == RawTap.Direction.RECEIVED) {
                received.add(
                        JsonObject.parse(StandardCharsets.UTF_8.decode(message).toString()));
            }
        });
    }

    static MemoryClient connect(Acceptor acceptor) {
        return new MemoryClient(acceptor, "");
    }

    static MemoryClient attend(RealtimeServer server, String callId) {
        return new MemoryClient(server.acceptor(), "?call_id=" + callId);
    }

    RealtimeConnection connection() {
        return connection;
    }

    /** Single quotes for double ones. */
    void say(String... events) {
        for (String event : events) {
            connection.sendRaw(event.replace('\'', '"'));
        }
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
            if (!type.endsWith(".delta")
                    || types.isEmpty()
                    || !types.get(types.size() - 1).equals(type)) {
                types.add(type);
            }
        }
        return types;
    }

    JsonObject last(String type) {
        List<JsonObject> found = received.stream()
                .filter(event -> type.equals(event.string("type")))
                .toList();
        return found.get(found.size() - 1);
    }

    @Override
    public void close() {
        client.close();
    }
}
