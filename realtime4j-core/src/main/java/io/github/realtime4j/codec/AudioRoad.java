package io.github.realtime4j.codec;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The short way for events that are mostly audio: the Base64 goes between the message's bytes and the audio's bytes
 * directly, and no string ever holds it. Anything out of the ordinary (escapes, odd values, repeated or unusual fields)
 * is left to the general way, which gives the same result more slowly.
 */
final class AudioRoad {
    private static final String APPEND = "input_audio_buffer.append";
    private static final String TRANSLATION_APPEND = "session.input_audio_buffer.append";
    private static final String DELTA = "response.output_audio.delta";
    private static final byte[] SUFFIX = {'"', '}'};

    private AudioRoad() {}

    static @Nullable ServerEvent decodeServerEvent(Utf8 text, Dialect dialect) {
        String type = dialect == Dialect.GA ? DELTA : BetaDialect.betaName(DELTA);
        Fields fields = Fields.of(text, type, "delta");
        if (fields == null
                || fields.audio == null
                || fields.responseId == null
                || fields.itemId == null
                || fields.outputIndex < 0
                || fields.contentIndex < 0) {
            return null;
        }
        return new ResponseEvent.OutputAudioDelta(
                fields.eventId,
                fields.responseId,
                fields.itemId,
                fields.outputIndex,
                fields.contentIndex,
                fields.audio);
    }

    static @Nullable ClientEvent decodeClientEvent(Utf8 text) {
        Fields fields = Fields.of(text, APPEND, "audio");
        return fields == null || fields.audio == null
                ? null
                : new ClientEvent.InputAudioBufferAppend(fields.eventId, fields.audio);
    }

    static ByteBuffer @Nullable [] encode(ClientEvent event, @Nullable String eventId) {
        if (event instanceof ClientEvent.InputAudioBufferAppend append) {
            return append(APPEND, eventId, append.audio());
        } else if (event instanceof ClientEvent.SessionInputAudioBufferAppend append) {
            return append(TRANSLATION_APPEND, eventId, append.audio());
        }
        return null;
    }

    private static ByteBuffer @Nullable [] append(String type, @Nullable String eventId, AudioBytes audio) {
        StringBuilder prefix = new StringBuilder(96).append("{\"type\":\"").append(type);
        if (eventId != null && !member(prefix, "event_id", eventId)) {
            return null;
        }
        return slices(prefix.append("\",\"audio\":\""), audio);
    }

    static ByteBuffer @Nullable [] encode(ServerEvent event, Dialect dialect) {
        if (!(event instanceof ResponseEvent.OutputAudioDelta delta)) {
            return null;
        }
        StringBuilder prefix = new StringBuilder(224)
                .append("{\"type\":\"")
                .append(dialect == Dialect.GA ? DELTA : BetaDialect.betaName(DELTA));
        if ((delta.eventId() != null && !member(prefix, "event_id", delta.eventId()))
                || !member(prefix, "response_id", delta.responseId())
                || !member(prefix, "item_id", delta.itemId())) {
            return null;
        }
        prefix.append("\",\"output_index\":").append(delta.outputIndex());
        prefix.append(",\"content_index\":").append(delta.contentIndex());
        return slices(prefix.append(",\"delta\":\""), delta.delta());
    }

    /** Ends the string before and begins this member; false if the value would need escapes. */
    private static boolean member(StringBuilder json, String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        json.append("\",\"").append(name).append("\":\"").append(value);
        return true;
    }

    private static ByteBuffer[] slices(StringBuilder prefix, AudioBytes audio) {
        return new ByteBuffer[] {
            ByteBuffer.wrap(prefix.toString().getBytes(StandardCharsets.ISO_8859_1)),
            ByteBuffer.wrap(audio.toBase64()),
            ByteBuffer.wrap(SUFFIX).asReadOnlyBuffer()
        };
    }

    /** What was found in a message of the wanted type. */
    private static final class Fields {
        private @Nullable String eventId;
        private @Nullable String responseId;
        private @Nullable String itemId;
        private int outputIndex = -1;
        private int contentIndex = -1;
        private int audioStart = -1;
        private int audioEnd;
        private boolean typed;
        private boolean audioTakenForLast;
        private @Nullable AudioBytes audio;

        /** Null if the message is of another type, or not ordinary. */
        static @Nullable Fields of(Utf8 text, String type, String audioField) {
            Fields fields = new Fields();
            if (fields.scan(text, type, audioField, true)) {
                return fields;
            } else if (!fields.audioTakenForLast) {
                return null;
            }
            Fields again = new Fields();
            return again.scan(text, type, audioField, false) ? again : null;
        }

        /**
         * Finds all members and decodes the audio.
         *
         * @param audioIsLast whether to take the audio for the last member, as it is in nearly every message: then its
         *     bytes are read only once, by the Base64 decoder, which refuses a quote and thereby proves the guess
         */
        private boolean scan(Utf8 text, String type, String audioField, boolean audioIsLast) {
            ObjectScanner members = new ObjectScanner(text.bytes(), text.start(), text.end());
            while (members.nextName()) {
                boolean last = audioIsLast && members.nameIs(audioField) && members.lastString();
                audioTakenForLast |= last;
                if ((!last && !members.value()) || !take(members, type, audioField)) {
                    return false;
                }
            }
            if (!members.complete() || !typed || audioStart < 0) {
                return false;
            }
            audio = decode(text);
            return audio != null;
        }

        /** False if this member is not as usual, or comes a second time. */
        private boolean take(ObjectScanner member, String type, String audioField) {
            if (member.nameIs(audioField)) {
                boolean again = audioStart >= 0;
                audioStart = member.valueStart();
                audioEnd = member.valueEnd();
                return !again && member.isPlainString() && audioEnd - audioStart <= WireReader.MAX_STRING;
            } else if (member.nameIs("type")) {
                boolean again = typed;
                typed = true;
                return !again && member.valueIs(type);
            } else if (member.nameIs("event_id")) {
                boolean again = eventId != null;
                eventId = member.plainString();
                return !again && eventId != null;
            } else if (member.nameIs("response_id")) {
                boolean again = responseId != null;
                responseId = member.plainString();
                return !again && responseId != null;
            } else if (member.nameIs("item_id")) {
                boolean again = itemId != null;
                itemId = member.plainString();
                return !again && itemId != null;
            } else if (member.nameIs("output_index")) {
                boolean again = outputIndex >= 0;
                outputIndex = member.smallInteger();
                return !again && outputIndex >= 0;
            } else if (member.nameIs("content_index")) {
                boolean again = contentIndex >= 0;
                contentIndex = member.smallInteger();
                return !again && contentIndex >= 0;
            }
            return false;
        }

        /** Null if it is not Base64. */
        @Nullable
        AudioBytes decode(Utf8 text) {
            ByteBuffer base64 = ByteBuffer.wrap(text.bytes(), audioStart, audioEnd - audioStart);
            try {
                ByteBuffer audio = Base64.getDecoder().decode(base64);
                boolean exact = audio.arrayOffset() == 0 && audio.remaining() == audio.array().length;
                return exact
                        ? AudioBytes.wrap(audio.array())
                        : AudioBytes.copyOf(audio.array(), audio.arrayOffset(), audio.remaining());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
