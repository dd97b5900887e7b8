package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.codec.DecodeException;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what clients send: anything. Stateless. */
final class Inbox {
    private static final byte[] APPEND = "input_audio_buffer.append".getBytes(StandardCharsets.US_ASCII);

    /** Where the type of an append is looked for: behind an event id of usual length, at the latest. */
    private static final int HEAD = 160;

    private static final int BARE_LENGTH = "{'type':'input_audio_buffer.append','audio':''}".length();
    private static final int MAX_AUDIO = 15 << 20;
    private static final int ID_LENGTH = "'event_id':'',".length();

    /** White space of a usual writer: one blank after each colon and comma. */
    private static final int BLANKS = 5;

    private static final Set<JsonValue> TEXT_AND_AUDIO = Set.of(JsonValue.of("text"), JsonValue.of("audio"));

    private final Dialect dialect;

    Inbox(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What came. */
    sealed interface Incoming {
        /** Audio, in an event that has nothing else in it. */
        record Append(AudioBytes audio, @Nullable String eventId) implements Incoming {
            JsonObject asJson() {
                String base64 = new String(audio.toBase64(), StandardCharsets.ISO_8859_1);
                JsonObject event = JsonObject.of("type", "input_audio_buffer.append", "audio", base64);
                return eventId == null ? event : event.with("event_id", eventId);
            }
        }

        /** Any JSON object. */
        record Event(JsonObject json) implements Incoming {}

        /** Not a JSON object. */
        record Malformed() implements Incoming {}
    }

    Incoming read(ByteBuffer message) {
        try {
            Incoming append = append(message);
            if (append != null) {
                return append;
            }
            JsonObject json = parse(message);
            if (json == null) {
                return new Incoming.Malformed();
            }
            return new Incoming.Event(dialect == Dialect.GA ? json : withoutBetaSettings(toGa(message, json)));
        } catch (RuntimeException malformed) {
            // Whatever a reader trips over, it is the client's text that made it.
            return new Incoming.Malformed();
        }
    }

    private static @Nullable JsonObject parse(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        return JsonValue.parse(bytes, 0, bytes.length) instanceof JsonObject object ? object : null;
    }

    /** The short way, for what most messages are; null for everything that is not exactly that. */
    private static @Nullable Incoming append(ByteBuffer message) {
        if (!looksLikeAppend(message)) {
            return null;
        }
        try {
            ClientEvent event = EventCodec.of(Dialect.GA).decodeClientEvent(message.duplicate());
            if (event instanceof ClientEvent.InputAudioBufferAppend append
                    && !append.audio().isEmpty()
                    && append.audio().size() <= MAX_AUDIO
                    && isBare(append, message.remaining())) {
                return new Incoming.Append(append.audio(), append.eventId());
            }
            return null;
        } catch (DecodeException notSo) {
            return null;
        }
    }

    /** Whether the message is too short to hold a member beside the known ones. */
    private static boolean isBare(ClientEvent.InputAudioBufferAppend append, int length) {
        String id = append.eventId();
        int known = BARE_LENGTH + (append.audio().size() + 2) / 3 * 4 + (id == null ? 0 : ID_LENGTH + id.length());
        return length <= known + BLANKS && (id == null || id.length() <= 512);
    }

    private static boolean looksLikeAppend(ByteBuffer message) {
        int start = message.position();
        int last = Math.min(message.limit() - APPEND.length, start + HEAD);
        for (int i = start; i < last; i++) {
            if (message.get(i) == APPEND[0] && matches(message, i) && message.get(i - 1) == '"') {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(ByteBuffer message, int at) {
        for (int i = 0; i < APPEND.length; i++) {
            if (message.get(at + i) != APPEND[i]) {
                return false;
            }
        }
        return at > message.position();
    }

    /** What the dialect before GA had and GA has not: a temperature, and text beside speech as a choice. */
    private static JsonObject withoutBetaSettings(JsonObject event) {
        JsonObject without = event;
        for (String holder : List.of("session", "response")) {
            JsonObject settings = event.object(holder);
            if (settings != null) {
                without = without.with(holder, withoutBetaMembers(settings));
            }
        }
        return without;
    }

    private static JsonObject withoutBetaMembers(JsonObject settings) {
        JsonObject ga = settings.get("temperature") instanceof JsonNumber ? settings.without("temperature") : settings;
        return ga.get("output_modalities") instanceof JsonArray modalities
                        && Set.copyOf(modalities.elements()).equals(TEXT_AND_AUDIO)
                ? ga.with("output_modalities", JsonValue.of(List.of("audio")))
                : ga;
    }

    /** What a client says in the words before GA, in those of today; as it is if the codec does not know it. */
    private static JsonObject toGa(ByteBuffer message, JsonObject json) {
        try {
            ClientEvent event = EventCodec.of(Dialect.BETA).decodeClientEvent(message.duplicate());
            int length = 0;
            ByteBuffer[] slices = EventCodec.of(Dialect.GA).encode(event, null);
            for (ByteBuffer slice : slices) {
                length += slice.remaining();
            }
            ByteBuffer all = ByteBuffer.allocate(length);
            for (ByteBuffer slice : slices) {
                all.put(slice);
            }
            return JsonObject.parse(new String(all.array(), StandardCharsets.UTF_8));
        } catch (DecodeException notSo) {
            return json;
        }
    }
}
