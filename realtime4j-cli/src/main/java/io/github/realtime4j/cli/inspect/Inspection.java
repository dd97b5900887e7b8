package io.github.realtime4j.cli.inspect;

import io.github.realtime4j.codec.DecodeException;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.UnknownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One recording, decoded line by line: which events are in it, and what of them the library does not understand.
 * Confined to one thread.
 */
public final class Inspection {
    /** So many lines may come before one that tells the dialect. */
    private static final int UNDECIDED_LINES = 5_000;

    private final String name;
    private final boolean roundTrip;
    private final Map<String, Count> types = new TreeMap<>();
    private final Set<String> unknownTypes = new LinkedHashSet<>();
    private final Map<Place, Integer> unknownFields = new TreeMap<>();
    private final Map<Place, Integer> differences = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Conversation conversation = new Conversation();
    private @Nullable Dialect dialect;

    private Inspection(String name, @Nullable Dialect dialect, boolean roundTrip) {
        this.name = name;
        this.dialect = dialect;
        this.roundTrip = roundTrip;
    }

    /**
     * Reads a recording to its end.
     *
     * @param name to be told in reports
     * @param dialect null to find out from the events
     * @param roundTrip whether to encode every event again and compare
     */
    public static Inspection of(String name, JsonLines lines, @Nullable Dialect dialect, boolean roundTrip)
            throws IOException {
        Inspection inspection = new Inspection(name, dialect, roundTrip);
        DialectGuess guess = new DialectGuess();
        List<JsonLines.Line> undecided = new ArrayList<>();
        for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
            undecided.add(line);
            if (line.event() != null) {
                guess.consider(line.event());
            }
            if (inspection.dialect != null || guess.isCertain() || undecided.size() >= UNDECIDED_LINES) {
                inspection.addAll(undecided, guess);
            }
        }
        inspection.addAll(undecided, guess);
        return inspection;
    }

    private void addAll(List<JsonLines.Line> lines, DialectGuess guess) {
        Dialect decided = dialect == null ? guess.dialect() : dialect;
        dialect = decided;
        for (JsonLines.Line line : lines) {
            add(line, EventCodec.of(decided));
        }
        lines.clear();
    }

    private void add(JsonLines.Line line, EventCodec codec) {
        JsonObject event = line.event();
        if (event == null) {
            failures.add(new Failure(line.number(), null, String.valueOf(line.problem())));
            return;
        }
        ByteBuffer message = ByteBuffer.wrap(event.toString().getBytes(StandardCharsets.UTF_8));
        List<String> unknown = new ArrayList<>();
        try {
            boolean sent = line.sent() == null ? isFromClient(codec, message) : line.sent();
            if (sent) {
                ClientEvent decoded = codec.decodeClientEvent(message.duplicate(), unknown::add);
                note(event, true, decoded instanceof UnknownEvent, unknown);
                conversation.sent(decoded);
                compare(event, codec.encode(decoded, null), unknown);
            } else {
                ServerEvent decoded = codec.decodeServerEvent(message.duplicate(), unknown::add);
                note(event, false, decoded instanceof UnknownEvent, unknown);
                conversation.received(decoded);
                compare(event, codec.encode(decoded), unknown);
            }
        } catch (DecodeException e) {
            failures.add(new Failure(line.number(), event.string("type"), String.valueOf(e.getMessage())));
        }
    }

    /** Most of what is recorded comes from a server. */
    private static boolean isFromClient(EventCodec codec, ByteBuffer message) {
        try {
            return codec.decodeServerEvent(message.duplicate()) instanceof UnknownEvent
                    && !(codec.decodeClientEvent(message.duplicate()) instanceof UnknownEvent);
        } catch (DecodeException e) {
            return e.type() != null && EventCodec.clientEventTypes().contains(e.type());
        }
    }

    private void note(JsonObject event, boolean sent, boolean isUnknown, List<String> unknown) {
        String type = String.valueOf(event.string("type"));
        types.computeIfAbsent(type, key -> new Count()).add(sent);
        if (isUnknown) {
            unknownTypes.add(type);
        }
        for (String path : unknown) {
            unknownFields.merge(new Place(type, anyIndex(path), null), 1, Integer::sum);
        }
    }

    private void compare(JsonObject event, ByteBuffer[] encoded, List<String> unknown) {
        if (!roundTrip) {
            return;
        }
        byte[] again = bytes(encoded);
        JsonValue after = again.length == 0 ? JsonObject.EMPTY : JsonValue.parse(again, 0, again.length);
        for (Difference difference : Difference.between(event, after)) {
            // What is unknown is reported as such; it cannot come back.
            if (difference.kind() != Difference.Kind.LOST || !unknown.contains(difference.path())) {
                Place place =
                        new Place(String.valueOf(event.string("type")), anyIndex(difference.path()), difference.kind());
                differences.merge(place, 1, Integer::sum);
            }
        }
    }

    private static byte[] bytes(ByteBuffer[] slices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer slice : slices) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static String anyIndex(String path) {
        return path.replaceAll("\\[[0-9]+]", "[]");
    }

    public String name() {
        return name;
    }

    public Dialect dialect() {
        return dialect == null ? Dialect.GA : dialect;
    }

    /** How often each type came, by name. */
    public Map<String, Count> types() {
        return types;
    }

    /** Types that the library has no record for. */
    public Set<String> unknownTypes() {
        return unknownTypes;
    }

    /** Fields that no record takes, and how often. */
    public Map<Place, Integer> unknownFields() {
        return unknownFields;
    }

    /** What encoding again did not give back as it was, and how often; nothing unless asked for. */
    public Map<Place, Integer> differences() {
        return differences;
    }

    public List<Failure> failures() {
        return failures;
    }

    public Conversation conversation() {
        return conversation;
    }

    public int events() {
        return types.values().stream()
                .mapToInt(count -> count.sent + count.received)
                .sum();
    }

    /** Whether everything was understood; unknown fields alone do no harm. */
    public boolean isClean() {
        return failures.isEmpty() && unknownTypes.isEmpty() && differences.isEmpty();
    }

    /** How often one type went each way. */
    public static final class Count {
        private int sent;
        private int received;

        private void add(boolean isSent) {
            if (isSent) {
                sent++;
            } else {
                received++;
            }
        }

        public int sent() {
            return sent;
        }

        public int received() {
            return received;
        }
    }

    /**
     * A place in events of one type.
     *
     * @param path with {@code []} for any index
     * @param kind null for an unknown field
     */
    public record Place(String type, String path, Difference.@Nullable Kind kind) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byType = type.compareTo(other.type);
            int byPath = byType != 0 ? byType : path.compareTo(other.path);
            return byPath != 0 ? byPath : String.valueOf(kind).compareTo(String.valueOf(other.kind));
        }
    }

    /**
     * A line that could not be understood.
     *
     * @param line counted from 1
     * @param type of the event, if that could be read
     */
    public record Failure(int line, @Nullable String type, String problem) {}
}
