package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** In and out of the codec, for either direction. */
final class Wire {
    private static final RecordBinder BINDER = new RecordBinder();

    private Wire() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The way of a running session: audio on its own road. */
    static Object decode(Dialect dialect, boolean fromClient, byte[] utf8) {
        EventCodec codec = EventCodec.of(dialect);
        ByteBuffer message = ByteBuffer.wrap(utf8);
        return fromClient ? codec.decodeClientEvent(message) : codec.decodeServerEvent(message);
    }

    /** The general way, which also tells unknown fields. */
    static Object decodeGenerally(Dialect dialect, boolean fromClient, byte[] utf8, Consumer<String> unknown) {
        EventCodec codec = EventCodec.of(dialect);
        ByteBuffer message = ByteBuffer.wrap(utf8);
        return fromClient ? codec.decodeClientEvent(message, unknown) : codec.decodeServerEvent(message, unknown);
    }

    static Object server(String json) {
        return decode(Dialect.GA, false, utf8(json));
    }

    static Object client(String json) {
        return decode(Dialect.GA, true, utf8(json));
    }

    static byte[] encode(Dialect dialect, Object event) {
        EventCodec codec = EventCodec.of(dialect);
        ByteBuffer[] slices = event instanceof ClientEvent client && !(event instanceof ServerEvent)
                ? codec.encode(client, null)
                : codec.encode((ServerEvent) event);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer slice : slices) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** Reads a record or a union that is part of an event. */
    static Object read(Class<?> type, byte[] utf8, Consumer<String> unknown) {
        try (WireReader reader = new Utf8(utf8, 0, utf8.length).reader(unknown)) {
            return reader.readAll(BINDER.binding(type));
        }
    }

    static byte[] write(Class<?> type, Object value) {
        WireWriter writer = new WireWriter(false);
        BINDER.binding(type).write(value, writer);
        return writer.finish();
    }

    /** The value with every number in one form, so that equality is by value. */
    static JsonValue tree(JsonValue json) {
        if (json instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(name, tree(member)));
            return new JsonObject(members);
        } else if (json instanceof JsonArray array) {
            return new JsonArray(array.elements().stream().map(Wire::tree).toList());
        } else if (json instanceof JsonNumber number) {
            return new JsonNumber(number.value().stripTrailingZeros());
        }
        return json;
    }

    static JsonValue tree(byte[] utf8) {
        return tree(JsonValue.parse(utf8, 0, utf8.length));
    }
}
