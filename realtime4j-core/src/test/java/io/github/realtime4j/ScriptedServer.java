package io.github.realtime4j;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The far end of a session: greets and acknowledges updates, unless told otherwise, and says what a test has it say. */
final class ScriptedServer implements Receiver {
    static final String CREATED = "{\"type\":\"session.created\",\"session\":{\"id\":\"sess_1\",\"model\":\"m\"}}";
    static final String UPDATED = "{\"type\":\"session.updated\",\"session\":{\"id\":\"sess_1\",\"model\":\"m\"}}";

    final List<Handshake> handshakes = new ArrayList<>();
    final Queue<HandshakeException> refusals = new ArrayDeque<>();
    final List<JsonObject> messages = new ArrayList<>();
    boolean greets = true;
    boolean acknowledges = true;

    @Nullable
    Connection connection;

    @Nullable
    ConnectionEnd end;

    Receiver accept(Handshake handshake) throws HandshakeException {
        handshakes.add(handshake);
        HandshakeException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        return this;
    }

    @Override
    public void onOpen(Connection connection) {
        this.connection = connection;
        if (greets) {
            say(CREATED);
        }
    }

    void say(String json) {
        connection.send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onMessage(ByteBuffer message) {
        JsonObject event =
                JsonObject.parse(StandardCharsets.UTF_8.decode(message).toString());
        messages.add(event);
        if (acknowledges && "session.update".equals(event.string("type"))) {
            say(UPDATED);
        }
    }

    @Override
    public void onEnd(ConnectionEnd end) {
        this.end = end;
    }

    /** The types of what has arrived. */
    List<String> types() {
        return messages.stream().map(message -> message.string("type")).toList();
    }

    /** The event id of the last message of a type. */
    String eventId(String type) {
        return messages.stream()
                .filter(message -> type.equals(message.string("type")))
                .reduce((first, last) -> last)
                .orElseThrow()
                .string("event_id");
    }
}
