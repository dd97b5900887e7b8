package io.github.realtime4j.cli;

import io.github.realtime4j.RawTap;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes the raw events of a connection to stdout, one JSON object per line. An event comes out byte by byte as it was on
 * the wire, but for line feeds between its tokens; what is no JSON at all comes as a string in {@code malformed}.
 */
final class WireLog implements RawTap {
    private final Terminal terminal;
    private volatile boolean closed;

    WireLog(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void message(Direction direction, ByteBuffer message) {
        byte[] event = new byte[message.remaining()];
        message.get(event);
        String way = direction.name().toLowerCase(Locale.ROOT);
        try {
            JsonValue.parse(event, 0, event.length);
            write(join("{\"direction\":\"" + way + "\",\"event\":", onOneLine(event), "}"));
        } catch (MalformedJsonException e) {
            String text = new String(event, StandardCharsets.UTF_8);
            write(JsonObject.of("direction", way, "malformed", text).toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** In JSON, a line feed that is not escaped is white space. */
    private static byte[] onOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    private static byte[] join(String before, byte[] event, String after) {
        byte[] start = before.getBytes(StandardCharsets.UTF_8);
        byte[] end = after.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[start.length + event.length + end.length];
        System.arraycopy(start, 0, line, 0, start.length);
        System.arraycopy(event, 0, line, start.length, event.length);
        System.arraycopy(end, 0, line, start.length + event.length, end.length);
        return line;
    }

    private void write(byte[] line) {
        if (!closed) {
            try {
                terminal.line(line);
            } catch (OutputClosedException e) {
                // This may be an I/O thread: the command asks, on its own.
                closed = true;
            }
        }
    }

    /** Whether nobody reads stdout any more. */
    boolean isClosed() {
        return closed;
    }
}
