package io.github.realtime4j.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value, immutable: what the protocol leaves open (tool parameters, MCP schemas) and what this library does not
 * know yet. {@link Object#toString} gives its compact JSON text.
 */
public sealed interface JsonValue {

    /**
     * @throws MalformedJsonException if the text is not exactly one JSON value, repeats a key or nests too deeply
     */
    static JsonValue parse(String text) {
        return JsonText.read(text);
    }

    /**
     * Like {@link #parse(String)}, from UTF-8.
     */
    static JsonValue parse(byte[] utf8, int offset, int length) {
        return JsonText.read(utf8, offset, length);
    }

    /**
     * Strings, numbers, booleans, null, maps with string keys and iterables of these; a {@code JsonValue} is itself.
     *
     * @throws IllegalArgumentException for anything else, and for NaN and infinities, which JSON cannot say
     */
    static JsonValue of(@Nullable Object value) {
        if (value == null) {
            return JsonNull.NULL;
        } else if (value instanceof JsonValue json) {
            return json;
        } else if (value instanceof CharSequence text) {
            return new JsonString(text.toString());
        } else if (value instanceof Boolean bool) {
            return new JsonBoolean(bool);
        } else if (value instanceof Number number) {
            return JsonNumber.of(number);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
            return new JsonObject(members);
        } else if (value instanceof Iterable<?> elements) {
            List<JsonValue> list = new ArrayList<>();
            elements.forEach(element -> list.add(of(element)));
            return new JsonArray(list);
        }
        throw new IllegalArgumentException(
                "No JSON value for a " + value.getClass().getName());
    }

    /** An object; members keep their order. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = members.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** Names and values in turn, each value as {@link JsonValue#of(Object)} takes it. */
        public static JsonObject of(@Nullable Object... namesAndValues) {
            if (namesAndValues.length % 2 != 0) {
                throw new IllegalArgumentException("Expected names and values in turn but the last name has no value");
            }
            Map<String, JsonValue> members = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                members.put(String.valueOf(namesAndValues[i]), JsonValue.of(namesAndValues[i + 1]));
            }
            return new JsonObject(members);
        }

        /**
         * @throws MalformedJsonException if the text is anything but one JSON object
         */
        public static JsonObject parse(String text) {
            if (JsonValue.parse(text) instanceof JsonObject object) {
                return object;
            }
            throw new MalformedJsonException("Expected a JSON object but the text is another JSON value");
        }

        public @Nullable JsonValue get(String name) {
            return members.get(name);
        }

        public boolean has(String name) {
            return members.containsKey(name);
        }

        /** The member if it is a string. */
        public @Nullable String string(String name) {
            return members.get(name) instanceof JsonString string ? string.value() : null;
        }

        /** The member if it is an object. */
        public @Nullable JsonObject object(String name) {
            return members.get(name) instanceof JsonObject object ? object : null;
        }

        /** The elements of the member if it is an array; none otherwise. */
        public List<JsonValue> array(String name) {
            return members.get(name) instanceof JsonArray array ? array.elements() : List.of();
        }

        public boolean isEmpty() {
            return members.isEmpty();
        }

        public void forEach(BiConsumer<String, JsonValue> action) {
            members.forEach(action);
        }

        /** This object with one member set; a new member comes last. */
        public JsonObject with(String name, @Nullable Object value) {
            Map<String, JsonValue> copy = new LinkedHashMap<>(members);
            copy.put(name, JsonValue.of(value));
            return new JsonObject(copy);
        }

        public JsonObject without(String... names) {
            Map<String, JsonValue> copy = new LinkedHashMap<>(members);
            copy.keySet().removeAll(Arrays.asList(names));
            return new JsonObject(copy);
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** A string. */
    record JsonString(String value) implements JsonValue {
        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** A number, exact. */
    record JsonNumber(BigDecimal value) implements JsonValue {
        static JsonNumber of(Number number) {
            if (number instanceof BigDecimal decimal) {
                return new JsonNumber(decimal);
            }
            double asDouble = number.doubleValue();
            if (Double.isNaN(asDouble) || Double.isInfinite(asDouble)) {
                throw new IllegalArgumentException("Expected a finite number but was " + number);
            }
            return new JsonNumber(new BigDecimal(number.toString()));
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** True or false. */
    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** The JSON {@code null}. */
    enum JsonNull implements JsonValue {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
