package io.github.realtime4j.cli.report;

import io.github.realtime4j.RawTap;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.json.MalformedJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Every event of a connection with the time at which it passed, without its audio. Appends are one entry until the next
 * event about the input buffer. Safe for use by any thread.
 */
public final class Timeline implements RawTap {
    private static final int MOST_ENTRIES = 20_000;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_BASE64 = 64;
    private static final Set<String> AUDIO_MEMBERS = Set.of("audio", "delta");
    private static final String INPUT = "input_audio_buffer.";
    private static final String APPEND = "input_audio_buffer.append";
    private static final long LONGEST_GAP = 500;

    private final LongSupplier millis;
    private final List<Entry> entries = new ArrayList<>();

    /** Where in the list the current run of appends is; -1 if there is none. */
    private int run = -1;

    /**
     * @param millis the time of the conversation
     */
    public Timeline(LongSupplier millis) {
        this.millis = millis;
    }

    /**
     * One event, or a run of appends.
     *
     * @param at milliseconds
     * @param until as {@code at}, or the time of the last of the run
     * @param count events in the run
     */
    public record Entry(long at, long until, int count, boolean sent, String type, JsonObject event) {}

    @Override
    public void message(Direction direction, ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        JsonObject event;
        try {
            event = JsonValue.parse(bytes, 0, bytes.length) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (MalformedJsonException e) {
            event = JsonObject.of("malformed", shortened(new String(bytes, StandardCharsets.UTF_8)));
        }
        add(millis.getAsLong(), direction == Direction.SENT, event);
    }

    synchronized void add(long at, boolean sent, JsonObject event) {
        String type = event.string("type") == null ? "?" : String.valueOf(event.string("type"));
        boolean append = sent && type.equals(APPEND);
        if (append && run >= 0 && at - entries.get(run).until <= LONGEST_GAP) {
            Entry last = entries.get(run);
            entries.set(run, new Entry(last.at, at, last.count + 1, true, type, last.event));
        } else if (entries.size() < MOST_ENTRIES) {
            entries.add(new Entry(at, at, 1, sent, type, elided(event, append || type.endsWith("audio.delta"))));
            run = append ? entries.size() - 1 : type.startsWith(INPUT) ? -1 : run;
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    private static JsonObject elided(JsonObject object, boolean audio) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.forEach((name, member) -> {
            if (member instanceof JsonString text && (audio || name.equals("audio")) && AUDIO_MEMBERS.contains(name)) {
                members.put(name, new JsonString(audioText(text.value())));
            } else {
                members.put(name, elided(member));
            }
        });
        return new JsonObject(members);
    }

    private static JsonValue elided(JsonValue value) {
        if (value instanceof JsonObject object) {
            return elided(object, false);
        } else if (value instanceof JsonArray array) {
            return new JsonArray(array.elements().stream().map(Timeline::elided).toList());
        } else if (value instanceof JsonString text) {
            return new JsonString(shortened(text.value()));
        }
        return value;
    }

    private static String audioText(String base64) {
        return base64.length() <= LONGEST_BASE64
                ? base64
                : String.format(
                        Locale.ROOT,
                        "%s… (%,d bytes of audio in Base64)",
                        base64.substring(0, 16),
                        base64.length() / 4 * 3);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
