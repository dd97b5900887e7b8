package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.server.ServerTime;
import io.github.realtime4j.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out of one session: gives each event its id, writes it, records it. Confined to the session's loop. */
final class Outbox {
    private static final int OBFUSCATED_LENGTH = 16;

    private final Connection connection;
    private final Dialect dialect;
    private final Ids ids;
    private final ServerTime time;
    private final SessionRecording recording;
    private boolean ended;

    Outbox(Connection connection, Dialect dialect, Ids ids, ServerTime time, SessionRecording recording) {
        this.connection = connection;
        this.dialect = dialect;
        this.ids = ids;
        this.time = time;
        this.recording = recording;
    }

    /** Sends an event of this type with these members, as {@link JsonObject#of} takes them. */
    void send(String type, @Nullable Object... namesAndValues) {
        @Nullable Object[] members = new @Nullable Object[namesAndValues.length + 4];
        members[0] = "type";
        members[1] = type;
        members[2] = "event_id";
        members[3] = ids.event();
        System.arraycopy(namesAndValues, 0, members, 4, namesAndValues.length);
        send(JsonObject.of(members));
    }

    /** Sends a piece of text with the padding that hides its length. */
    void sendDelta(String type, String delta, List<@Nullable Object> namesAndValues) {
        List<@Nullable Object> members = new ArrayList<>(namesAndValues);
        members.add("delta");
        members.add(delta);
        if (dialect == Dialect.GA) {
            members.add("obfuscation");
            members.add(Ids.random(OBFUSCATED_LENGTH - delta.length()));
        }
        send(type, members.toArray());
    }

    void sendAudio(String responseId, String itemId, int outputIndex, int contentIndex, AudioBytes audio) {
        write(EventCodec.of(dialect)
                .encode(new ResponseEvent.OutputAudioDelta(
                        ids.event(), responseId, itemId, outputIndex, contentIndex, audio)));
    }

    void sendError(ErrorDetail error) {
        send(
                "error",
                "error",
                JsonObject.of(
                        "type", error.type(),
                        "code", error.code() == null ? null : error.code().value(),
                        "message", error.message(),
                        "param", error.param(),
                        "event_id", error.eventId()));
    }

    private void send(JsonObject event) {
        byte[] utf8 = event.toString().getBytes(StandardCharsets.UTF_8);
        if (dialect == Dialect.GA) {
            write(ByteBuffer.wrap(utf8));
        } else {
            ServerEvent typed = EventCodec.of(Dialect.GA).decodeServerEvent(ByteBuffer.wrap(utf8));
            write(EventCodec.of(dialect).encode(typed));
        }
    }

    private void write(ByteBuffer... message) {
        if (ended || message.length == 0) {
            return;
        }
        if (recording.keeps()) {
            recording.add(time.instant(), Direction.RECEIVED, message);
        }
        var unused = connection.send(message).exceptionally(failure -> {
            if (!connection.isWritable()) {
                // The client asks and does not read: no bound but this one would hold.
                connection.abort();
            }
            return null;
        });
    }

    /** Whether the client keeps up with reading. */
    boolean isWritable() {
        return connection.isWritable();
    }

    /** Nothing leaves after this. */
    void close(int code, String reason) {
        ended = true;
        connection.close(code, reason);
    }

    void end() {
        ended = true;
    }
}
