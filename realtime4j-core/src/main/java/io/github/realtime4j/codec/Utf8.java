package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message's bytes: a range of an array. */
final class Utf8 {
    private final byte[] bytes;
    private final int start;
    private final int end;

    Utf8(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Shares the buffer's array where it has one. */
    static Utf8 of(ByteBuffer message) {
        if (message.hasArray()) {
            int start = message.arrayOffset() + message.position();
            return new Utf8(message.array(), start, start + message.remaining());
        }
        byte[] copy = new byte[message.remaining()];
        message.duplicate().get(copy);
        return new Utf8(copy, 0, copy.length);
    }

    static Utf8 of(JsonValue json) {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return new Utf8(bytes, 0, bytes.length);
    }

    WireReader reader(@Nullable Consumer<String> unknownFields) {
        return new WireReader(bytes, start, end - start, unknownFields);
    }
}
