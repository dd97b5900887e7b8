package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.UnknownEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 JSON messages to events and back, for both ends of a connection. Never sends, keeps nothing, and may be used by
 * any number of threads.
 */
public final class EventCodec {
    private static final RecordBinder BINDER = new RecordBinder();
    private static final EventNames SERVER_EVENTS = new EventNames(WireNames.SERVER_EVENTS, WireNames::serverEvent);
    private static final EventNames CLIENT_EVENTS = new EventNames(WireNames.CLIENT_EVENTS, WireNames::clientEvent);
    private static final EventCodec GA = new EventCodec(Dialect.GA);
    private static final EventCodec BETA = new EventCodec(Dialect.BETA);

    private final Dialect dialect;

    private EventCodec(Dialect dialect) {
        this.dialect = dialect;
    }

    public static EventCodec of(Dialect dialect) {
        return dialect == Dialect.GA ? GA : BETA;
    }

    /** Every type of server event that has a record. */
    public static List<String> serverEventTypes() {
        return WireNames.SERVER_EVENTS;
    }

    /** Every type of client event that has a record. */
    public static List<String> clientEventTypes() {
        return WireNames.CLIENT_EVENTS;
    }

    /** The {@code type} of an event in the GA dialect. */
    public static String type(ServerEvent event) {
        return event instanceof UnknownEvent unknown ? unknown.type() : SERVER_EVENTS.name(event.getClass());
    }

    /** The {@code type} of an event in the GA dialect. */
    public static String type(ClientEvent event) {
        return event instanceof UnknownEvent unknown ? unknown.type() : CLIENT_EVENTS.name(event.getClass());
    }

    /**
     * @throws DecodeException if the message is not JSON, or not what its type says
     */
    public ServerEvent decodeServerEvent(ByteBuffer message) {
        return decodeServerEvent(message, null);
    }

    /**
     * @param unknownFields told the path of every field that no record takes, such as {@code $.session.colour}
     * @throws DecodeException if the message is not JSON, or not what its type says
     */
    public ServerEvent decodeServerEvent(ByteBuffer message, @Nullable Consumer<String> unknownFields) {
        Utf8 text = Utf8.of(message);
        if (unknownFields == null) {
            ServerEvent audio = AudioRoad.decodeServerEvent(text, dialect);
            if (audio != null) {
                return audio;
            }
        }
        return (ServerEvent) decode(text, SERVER_EVENTS, unknownFields);
    }

    /**
     * @throws DecodeException if the message is not JSON, or not what its type says
     */
    public ClientEvent decodeClientEvent(ByteBuffer message) {
        return decodeClientEvent(message, null);
    }

    /**
     * @param unknownFields told the path of every field that no record takes
     * @throws DecodeException if the message is not JSON, or not what its type says
     */
    public ClientEvent decodeClientEvent(ByteBuffer message, @Nullable Consumer<String> unknownFields) {
        Utf8 text = Utf8.of(message);
        if (unknownFields == null) {
            ClientEvent audio = AudioRoad.decodeClientEvent(text);
            if (audio != null) {
                return audio;
            }
        }
        return (ClientEvent) decode(text, CLIENT_EVENTS, unknownFields);
    }

    private Object decode(Utf8 text, EventNames names, @Nullable Consumer<String> unknownFields) {
        String type = typeOf(text.requireValid());
        String name = dialect == Dialect.GA ? type : BetaDialect.gaName(type);
        Class<?> record = names.record(name);
        try {
            if (record == null) {
                return new UnknownEvent(type, (JsonObject) read(text, JsonObject.class, null));
            }
            if (dialect == Dialect.BETA && BetaDialect.differsInShape(name)) {
                JsonObject ga = BetaDialect.toGa((JsonObject) read(text, JsonObject.class, null));
                return readEvent(Utf8.of(ga), record, unknownFields);
            }
            return readEvent(text, record, unknownFields);
        } catch (DecodeException e) {
            // A type that nobody knows may be anything, a secret in the wrong place included.
            throw new DecodeException(String.valueOf(e.getMessage()), record == null ? null : type);
        }
    }

    private static String typeOf(Utf8 text) {
        ObjectScanner scanner = new ObjectScanner(text.bytes(), text.start(), text.end());
        while (scanner.next()) {
            if (scanner.nameIs("type")) {
                String type = scanner.plainString();
                if (type != null) {
                    return type;
                }
                break;
            }
        }
        // Slow and exact, for escapes in names, and for the error when there is no type.
        EventType type = (EventType) read(text, EventType.class, null);
        return type.type();
    }

    /** What every event has. */
    record EventType(String type) {}

    private static Object readEvent(Utf8 text, Class<?> record, @Nullable Consumer<String> unknownFields) {
        try (WireReader reader = text.reader(unknownFields)) {
            RecordBinding binding = BINDER.record(record);
            return reader.readAll(new Binding() {
                @Override
                public Object read(WireReader in) {
                    return binding.read(in, true);
                }

                @Override
                public void write(Object value, WireWriter out) {
                    binding.write(value, out);
                }
            });
        }
    }

    private static Object read(Utf8 text, Class<?> type, @Nullable Consumer<String> unknownFields) {
        try (WireReader reader = text.reader(unknownFields)) {
            return reader.readAll(BINDER.binding(type));
        }
    }

    /**
     * Reads one record that is not an event: a request or response body.
     *
     * @throws DecodeException if the text is not JSON, or not what the record says
     */
    public static <T extends Record> T read(ByteBuffer json, Class<T> type) {
        return type.cast(read(Utf8.of(json).requireValid(), type, null));
    }

    /** Writes one record that is not an event: only what is set. */
    public static byte[] write(Record record) {
        WireWriter writer = new WireWriter(false);
        BINDER.binding(record.getClass()).write(record, writer);
        return writer.finish();
    }

    /**
     * Writes what a client sends: only what is set.
     *
     * @param eventId the event id to send when the event has none; null for none
     * @return the message in consecutive slices
     */
    public ByteBuffer[] encode(ClientEvent event, @Nullable String eventId) {
        String id = event.eventId() == null ? eventId : event.eventId();
        ByteBuffer[] audio = AudioRoad.encode(event, id);
        if (audio != null) {
            return audio;
        }
        return whole(encode(event, CLIENT_EVENTS, id, false));
    }

    /** Writes what a server sends, with {@code null} where the service writes it; nothing for an event that the dialect does not have. */
    public ByteBuffer[] encode(ServerEvent event) {
        ByteBuffer[] audio = AudioRoad.encode(event, dialect);
        if (audio != null) {
            return audio;
        }
        if (dialect == Dialect.BETA && BetaDialect.isGaOnly(type(event))) {
            return new ByteBuffer[0];
        }
        return whole(encode(event, SERVER_EVENTS, event.eventId(), true));
    }

    private byte[] encode(Object event, EventNames names, @Nullable String eventId, boolean fromServer) {
        WireWriter writer = new WireWriter(fromServer);
        if (event instanceof UnknownEvent unknown) {
            writer.json(unknown.json());
            return writer.finish();
        }
        String type = names.name(event.getClass());
        BINDER.record(event.getClass()).writeEvent(event, writer, type, eventId);
        byte[] ga = writer.finish();
        return dialect == Dialect.GA ? ga : BetaDialect.fromGa(ga, type, fromServer);
    }

    private static ByteBuffer[] whole(byte[] message) {
        return new ByteBuffer[] {ByteBuffer.wrap(message)};
    }

    /** Wire names and records of one direction, each found by the other and only when asked for. */
    private static final class EventNames {
        private final Set<String> wireNames;
        private final Function<String, Class<?>> resolve;
        private final Map<String, Class<?>> records = new ConcurrentHashMap<>();
        private final Map<Class<?>, String> names = new ConcurrentHashMap<>();

        EventNames(List<String> wireNames, Function<String, Class<?>> resolve) {
            this.wireNames = Set.copyOf(wireNames);
            this.resolve = resolve;
        }

        @Nullable
        Class<?> record(String name) {
            Class<?> known = records.get(name);
            return known != null || !wireNames.contains(name) ? known : records.computeIfAbsent(name, resolve);
        }

        String name(Class<?> record) {
            String known = names.get(record);
            return known != null ? known : names.computeIfAbsent(record, this::find);
        }

        private String find(Class<?> record) {
            for (String name : wireNames) {
                if (record.equals(record(name))) {
                    return name;
                }
            }
            throw new IllegalArgumentException(record.getSimpleName() + " has no form on the wire");
        }
    }
}
