package io.github.realtime4j.server;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one connection, seen from the server: grows while the connection lives. Holds no credentials. Safe
 * for any thread.
 */
public interface RecordedSession {
    /** One event. What a client sent and was not a JSON object is here as {@code {"malformed": "the text"}}. */
    record Entry(Instant at, Direction direction, JsonObject event) {
        public String type() {
            String type = event.string("type");
            return type == null ? "" : type;
        }
    }

    /** As the client sees it. */
    enum Direction {
        SENT,
        RECEIVED
    }

    /**
     * The request that opened the connection.
     *
     * @param uri path and query; a query value that could be a secret is left out
     * @param headers names in lower case, without those that carry credentials
     * @param apiKeyProvided whether there were credentials
     */
    record Opening(String uri, List<Header> headers, boolean apiKeyProvided) {
        public Opening {
            headers = List.copyOf(headers);
        }

        /** The first value of a header. */
        public @Nullable String header(String name) {
            return headers.stream()
                    .filter(header -> header.name.equalsIgnoreCase(name))
                    .map(Header::value)
                    .findFirst()
                    .orElse(null);
        }

        /** One header. */
        public record Header(String name, String value) {}
    }

    Opening opening();

    /** The {@code session.id}; null if the connection was turned away. */
    @Nullable
    String sessionId();

    /** Everything so far, in the order in which the server saw it. */
    List<Entry> entries();

    /** How many entries were dropped from the beginning, because the recording had become too long. */
    long dropped();

    /** How the connection ended; null while it lives. */
    @Nullable
    ConnectionEnd end();

    /**
     * Waits for the end of the connection.
     *
     * @throws TimeoutException if it still lives after this long
     */
    ConnectionEnd awaitEnd(Duration timeout) throws InterruptedException, TimeoutException;

    /** Events that the client sent. */
    default List<JsonObject> sent() {
        return events(Direction.SENT);
    }

    /** Events that the client received, or would have. */
    default List<JsonObject> received() {
        return events(Direction.RECEIVED);
    }

    /** Types of the events that the client sent. */
    default List<String> types() {
        return entries().stream()
                .filter(entry -> entry.direction() == Direction.SENT)
                .map(Entry::type)
                .toList();
    }

    /** Types of the events that the client received. */
    default List<String> receivedTypes() {
        return entries().stream()
                .filter(entry -> entry.direction() == Direction.RECEIVED)
                .map(Entry::type)
                .toList();
    }

    private List<JsonObject> events(Direction direction) {
        return entries().stream()
                .filter(entry -> entry.direction() == direction)
                .map(Entry::event)
                .toList();
    }
}
