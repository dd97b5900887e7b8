package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ResponseEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out of one session: gives each event its id, writes it, records it. Confined to the session's loop. */
final class Outbox {
    private static final int OBFUSCATED_LENGTH = 16;

    private final Audience audience;
    private final Dialect dialect;
    private final Ids ids;
    private boolean ended;

    Outbox(Audience audience, Dialect dialect, Ids ids) {
        this.audience = audience;
        this.dialect = dialect;
        this.ids = ids;
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

    void sendAudio(OutputAudio.Piece piece, AudioBytes audio) {
        write(EventCodec.of(dialect)
                .encode(new ResponseEvent.OutputAudioDelta(
                        ids.event(),
                        piece.responseId(),
                        piece.itemId(),
                        piece.outputIndex(),
                        piece.contentIndex(),
                        audio)));
    }

    /** What a call's media server tells; its ids are of another kind. */
    void sendMediaEvent(String type, String responseId) {
        send(JsonObject.of("type", type, "event_id", ids.mediaEvent(), "response_id", responseId));
    }

    void sendError(ErrorDetail error) {
        JsonObject told = JsonObject.of(
                "type", error.type(),
                "code", error.code() == null ? null : error.code().value(),
                "message", error.message(),
                "param", error.param(),
                "event_id", error.eventId());
        ByteBuffer[] message = encode(JsonObject.of("type", "error", "event_id", ids.event(), "error", told));
        if (!ended) {
            audience.reply(message);
        }
    }

    /** An event that is complete as it is. */
    void send(JsonObject event) {
        write(encode(event));
    }

    private ByteBuffer[] encode(JsonObject event) {
        ByteBuffer utf8 = ByteBuffer.wrap(event.toString().getBytes(StandardCharsets.UTF_8));
        return dialect == Dialect.GA
                ? new ByteBuffer[] {utf8}
                : EventCodec.of(dialect).encode(EventCodec.of(Dialect.GA).decodeServerEvent(utf8));
    }

    private void write(ByteBuffer... message) {
        if (!ended && message.length > 0) {
            audience.send(message);
        }
    }

    /** Whether the client keeps up with reading. */
    boolean isWritable() {
        return audience.isWritable();
    }

    /** Nothing leaves after this. */
    void close(int code, String reason) {
        ended = true;
        audience.close(code, reason);
    }

    void end() {
        ended = true;
    }
}
