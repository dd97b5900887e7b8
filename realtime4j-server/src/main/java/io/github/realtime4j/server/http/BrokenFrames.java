package io.github.realtime4j.server.http;

import io.github.realtime4j.server.Fault.MalformedFrame.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of malformed frames (RFC 6455 section 5.2). */
final class BrokenFrames {
    private static final int TEXT = 0x81;

    private BrokenFrames() {}

    /** The message, where only what the frame says is wrong; null where the frame itself is. */
    static @Nullable String text(Kind kind) {
        return switch (kind) {
            case TRUNCATED_JSON -> "{\"type\":\"response.done\",\"response\":{\"id\":\"resp_";
            case NOT_AN_OBJECT -> "[\"response.done\"]";
            case NO_TYPE -> "{\"event_id\":\"event_without_type\"}";
            case UNKNOWN_TYPE ->
                "{\"type\":\"response.teleported\",\"event_id\":\"event_of_the_future\",\"to\":\"the moon\"}";
            case EMPTY_TEXT -> "";
            default -> null;
        };
    }

    static byte[] bytes(Kind kind) {
        return switch (kind) {
            case TRUNCATED_JSON, NOT_AN_OBJECT, NO_TYPE, UNKNOWN_TYPE, EMPTY_TEXT -> frame(TEXT, text(kind));
            case INVALID_UTF8 -> bytes(TEXT, 4, '"', 0xc3, 0x28, '"');
            case BINARY -> bytes(0x82, 3, 1, 2, 3);
            case RESERVED_OPCODE -> bytes(0x83, 0);
            case RESERVED_BIT -> bytes(0x91, 2, '{', '}');
            case MASKED -> bytes(TEXT, 0x82, 0, 0, 0, 0, '{', '}');
            case LONE_CONTINUATION -> bytes(0x80, 2, '{', '}');
            case LONG_PING -> longPing();
            case FRAGMENTED_PING -> bytes(0x09, 1, 'p');
            case HUGE_LENGTH -> bytes(TEXT, 127, 0x40, 0, 0, 0, 0, 0, 0, 0);
            case HTTP_ANSWER ->
                "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static byte[] frame(int head, @Nullable String text) {
        byte[] payload = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 2];
        frame[0] = (byte) head;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    private static byte[] longPing() {
        byte[] frame = new byte[4 + 126];
        frame[0] = (byte) 0x89;
        frame[1] = 126;
        frame[3] = 126;
        return frame;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
