package io.github.realtime4j.codec;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue;
import java.util.Map;

/** The few types that are one JSON value each. One class, so that little is loaded for the first event. */
enum ScalarBinding implements Binding {
    STRING,
    INTEGER,
    LONG,
    NUMBER,
    BOOLEAN,
    JSON,
    JSON_OBJECT,
    AUDIO;

    static final Map<Class<?>, ScalarBinding> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, STRING),
            Map.entry(int.class, INTEGER),
            Map.entry(Integer.class, INTEGER),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(JsonValue.class, JSON),
            Map.entry(JsonValue.JsonObject.class, JSON_OBJECT),
            Map.entry(AudioBytes.class, AUDIO));

    @Override
    public Object read(WireReader in) {
        return switch (this) {
            case STRING -> in.string();
            case INTEGER -> in.integer();
            case LONG -> in.longInteger();
            case NUMBER -> in.number();
            case BOOLEAN -> in.bool();
            case JSON -> in.json();
            case JSON_OBJECT -> object(in);
            case AUDIO -> audio(in);
        };
    }

    private static JsonValue object(WireReader in) {
        in.expectObject();
        return in.json();
    }

    private static AudioBytes audio(WireReader in) {
        String base64 = in.string();
        try {
            return AudioBytes.fromBase64(base64);
        } catch (IllegalArgumentException e) {
            throw in.notBase64();
        }
    }

    @Override
    public void write(Object value, WireWriter out) {
        switch (this) {
            case STRING -> out.string((String) value);
            case INTEGER -> out.integer((Integer) value);
            case LONG -> out.integer((Long) value);
            case NUMBER -> out.number((Double) value);
            case BOOLEAN -> out.bool((Boolean) value);
            case JSON, JSON_OBJECT -> out.json((JsonValue) value);
            case AUDIO -> out.ascii(((AudioBytes) value).toBase64());
        }
    }
}
