package io.github.realtime4j.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the members of one JSON object in UTF-8 and tells where names and values lie, without building anything.
 *
 * <p>It finds what well-formed JSON contains and does not prove that the rest is well-formed: whoever needs to know
 * asks {@link #complete}, and reads again with the real parser when it is false.
 */
final class ObjectScanner {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BELOW_SPACE = ONES * 0x20;

    private final byte[] utf8;
    private final int end;
    private int at;
    private boolean first = true;
    private boolean closed;
    private boolean complete;

    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;
    private boolean plain;

    /** Scans the object whose opening brace is at {@code start}, or after white space from there. */
    ObjectScanner(byte[] utf8, int start, int end) {
        this.utf8 = utf8;
        this.end = end;
        this.at = start;
        skipSpace();
        this.at = at < end && utf8[at] == '{' ? at + 1 : end;
    }

    /** Goes to the next member; false at the object's end and where the text is not what JSON allows. */
    boolean next() {
        return nextName() && value();
    }

    /** Goes to the next member's name; its value is still to be gone over, with {@link #value} or {@link #lastString}. */
    boolean nextName() {
        if (closed) {
            return false;
        }
        skipSpace();
        if (at < end && utf8[at] == '}') {
            at++;
            closed = true;
            skipSpace();
            complete = at == end;
            return false;
        }
        if (!first && !skip(',')) {
            return false;
        }
        first = false;
        skipSpace();
        if (!string()) {
            return false;
        }
        nameStart = valueStart;
        nameEnd = valueEnd;
        boolean plainName = plain;
        skipSpace();
        if (!skip(':')) {
            return false;
        }
        skipSpace();
        return plainName;
    }

    /** Whether all members have been seen: the last was followed by the closing brace. */
    boolean closed() {
        return closed;
    }

    /** Whether the last member was followed by the closing brace and nothing but white space. */
    boolean complete() {
        return complete;
    }

    boolean nameIs(String ascii) {
        return matches(nameStart, nameEnd, ascii);
    }

    boolean valueIs(String ascii) {
        return plain && matches(valueStart, valueEnd, ascii);
    }

    /** The value if it is a string of printable ASCII without escapes. */
    @Nullable
    String plainString() {
        if (!plain) {
            return null;
        }
        for (int i = valueStart; i < valueEnd; i++) {
            if (utf8[i] < 0) {
                return null;
            }
        }
        return new String(utf8, valueStart, valueEnd - valueStart, StandardCharsets.ISO_8859_1);
    }

    /** The value if it is an integer of at most nine digits; -1 otherwise. */
    int smallInteger() {
        int length = valueEnd - valueStart;
        if (plain || length < 1 || length > 9 || (length > 1 && utf8[valueStart] == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = valueStart; i < valueEnd; i++) {
            int digit = utf8[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Whether the value is a string without escapes and control characters. */
    boolean isPlainString() {
        return plain;
    }

    int valueStart() {
        return valueStart;
    }

    int valueEnd() {
        return valueEnd;
    }

    private boolean matches(int from, int to, String ascii) {
        if (to - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (utf8[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skipSpace() {
        while (at < end && isSpace(utf8[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private boolean skip(char c) {
        if (at < end && utf8[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /**
     * Takes the value for a string that ends at the object's last quote, without looking at what is in it. Whoever does
     * must prove otherwise that there is no quote and no escape in between.
     */
    boolean lastString() {
        int brace = beforeSpace(end);
        int quote = beforeSpace(brace);
        if (quote <= at || utf8[brace] != '}' || utf8[quote] != '"' || utf8[at] != '"') {
            return false;
        }
        valueStart = at + 1;
        valueEnd = quote;
        plain = true;
        at = end;
        closed = true;
        complete = true;
        return true;
    }

    /** The last place before this one that is not white space. */
    private int beforeSpace(int place) {
        int before = place - 1;
        while (before > at && isSpace(utf8[before])) {
            before--;
        }
        return before;
    }

    boolean value() {
        if (at >= end) {
            return false;
        }
        byte c = utf8[at];
        if (c == '"') {
            return string();
        }
        plain = false;
        valueStart = at;
        if (c == '{' || c == '[') {
            return nested();
        }
        while (at < end && utf8[at] != ',' && utf8[at] != '}' && utf8[at] > ' ') {
            at++;
        }
        valueEnd = at;
        return valueEnd > valueStart;
    }

    private boolean nested() {
        int depth = 0;
        int start = at;
        while (at < end) {
            byte c = utf8[at];
            if (c == '"') {
                if (!string()) {
                    return false;
                }
                continue;
            }
            at++;
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                plain = false;
                valueStart = start;
                valueEnd = at;
                return true;
            }
        }
        return false;
    }

    private boolean string() {
        if (!skip('"')) {
            return false;
        }
        valueStart = at;
        plain = true;
        while (true) {
            skipOrdinary();
            if (at >= end) {
                return false;
            }
            byte c = utf8[at];
            if (c == '"') {
                valueEnd = at++;
                return true;
            } else if (c == '\\') {
                plain = false;
                at += 2;
            } else {
                plain &= c < 0 || c >= ' ';
                at++;
            }
        }
    }

    /** Skips eight bytes at a time while none of them is a quote, a backslash or a control character. */
    private void skipOrdinary() {
        while (at + 8 <= end) {
            long word = (long) LONGS.get(utf8, at);
            long special = zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES) | ((word - BELOW_SPACE) & ~word & HIGHS);
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) >>> 3;
                return;
            }
            at += 8;
        }
    }

    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
