package io.github.realtime4j.cli.inspect;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads recorded events, one JSON object per line. Confined to one thread. */
public final class JsonLines implements Closeable {
    /** The service takes 15 MiB of audio in an event, which is 20 MiB of Base64. */
    private static final int LONGEST = 64 << 20;

    private final InputStream in;
    private int number;

    public JsonLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next line that is not blank; null at the end. */
    public @Nullable Line next() throws IOException {
        while (true) {
            byte[] text = readLine();
            if (text == null) {
                return null;
            }
            number++;
            if (!isBlank(text)) {
                return parse(number, text);
            }
        }
    }

    private byte @Nullable [] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() < LONGEST) {
                line.write(next);
            }
            next = in.read();
        }
        return line.toByteArray();
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static Line parse(int number, byte[] text) {
        if (text.length >= LONGEST) {
            return Line.bad(number, "the line is longer than " + (LONGEST >> 20) + " MiB");
        }
        JsonValue json;
        try {
            json = JsonValue.parse(text, 0, text.length);
        } catch (MalformedJsonException e) {
            return Line.bad(number, String.valueOf(e.getMessage()));
        }
        if (!(json instanceof JsonObject object)) {
            return Line.bad(number, "Expected a JSON object but the line is another JSON value");
        }
        return object.has("direction") && object.string("type") == null
                ? enveloped(number, object)
                : new Line(number, null, object, null);
    }

    private static Line enveloped(int number, JsonObject envelope) {
        JsonObject event = envelope.object("event");
        String direction = envelope.string("direction");
        if (event == null) {
            return Line.bad(number, "Expected an object but there is none at $.event");
        }
        if (!"sent".equals(direction) && !"received".equals(direction)) {
            return Line.bad(number, "Expected \"sent\" or \"received\" but was something else at $.direction");
        }
        return new Line(number, "sent".equals(direction), event, null);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /**
     * One line.
     *
     * @param number counted from 1
     * @param sent whether a client sent it; null if the line does not tell
     * @param event null if the line is bad
     * @param problem what is wrong with the line; null if nothing is
     */
    public record Line(
            int number,
            @Nullable Boolean sent,
            @Nullable JsonObject event,
            @Nullable String problem) {
        static Line bad(int number, String problem) {
            return new Line(number, null, null, problem);
        }
    }
}
