package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message's bytes: a range of an array. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;
    private static final int LONGEST_BYTE_ORDER_MARK = 4;

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
        WireWriter writer = new WireWriter(false);
        writer.json(json);
        byte[] bytes = writer.finish();
        return new Utf8(bytes, 0, bytes.length);
    }

    /**
     * Refuses what a lenient parser lets pass: overlong forms, surrogates, what lies beyond Unicode, and other encodings,
     * which parsers recognise by a byte order mark or by zero bytes at the beginning.
     */
    Utf8 requireValid() {
        for (int at = start; at < Math.min(end, start + LONGEST_BYTE_ORDER_MARK); at++) {
            if (bytes[at] == 0) {
                throw new DecodeException("Malformed JSON at byte " + (at - start), null);
            }
        }
        if (start < end && bytes[start] == (byte) 0xEF) {
            throw new DecodeException("Malformed JSON at byte 0", null);
        }
        int at = start;
        while (at < end) {
            if (at + Long.BYTES <= end && ((long) LONGS.get(bytes, at) & HIGHS) == 0) {
                at += Long.BYTES;
            } else if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequenceLength(at);
                if (length == 0) {
                    throw new DecodeException("Malformed UTF-8 at byte " + (at - start), null);
                }
                at += length;
            }
        }
        return this;
    }

    /** The length of the character of more than one byte that begins here (Unicode 15, table 3-7); 0 if there is none. */
    private int sequenceLength(int at) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isBetween(at + 1, 0x80, 0xBF) ? 2 : 0;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            boolean second = isBetween(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
            return second && isBetween(at + 2, 0x80, 0xBF) ? 3 : 0;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            boolean second = isBetween(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
            return second && isBetween(at + 2, 0x80, 0xBF) && isBetween(at + 3, 0x80, 0xBF) ? 4 : 0;
        }
        return 0;
    }

    private boolean isBetween(int at, int low, int high) {
        return at < end && (bytes[at] & 0xFF) >= low && (bytes[at] & 0xFF) <= high;
    }

    WireReader reader(@Nullable Consumer<String> unknownFields) {
        return new WireReader(bytes, start, end - start, unknownFields);
    }
}
