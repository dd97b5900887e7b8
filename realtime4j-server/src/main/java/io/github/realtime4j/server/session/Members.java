package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads members of JSON objects whose shape has been checked before: what is not as expected counts as absent. */
final class Members {
    private Members() {}

    /** The object at the end of a path; empty if there is none. */
    static JsonObject at(JsonObject object, String... path) {
        JsonObject found = object;
        for (String name : path) {
            JsonObject next = found.object(name);
            if (next == null) {
                return JsonObject.EMPTY;
            }
            found = next;
        }
        return found;
    }

    static boolean isSet(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value != null && value != JsonNull.NULL;
    }

    static @Nullable Integer integer(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number
                ? (Integer) number.value().intValue()
                : null;
    }

    static double number(JsonObject object, String name, double otherwise) {
        return object.get(name) instanceof JsonNumber number ? number.value().doubleValue() : otherwise;
    }

    static int integer(JsonObject object, String name, int otherwise) {
        return object.get(name) instanceof JsonNumber number ? number.value().intValue() : otherwise;
    }

    static boolean bool(JsonObject object, String name, boolean otherwise) {
        return object.get(name) instanceof JsonBoolean bool ? bool.value() : otherwise;
    }

    /** The member as it is; {@code null} if there is none. */
    static JsonValue value(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value == null ? JsonNull.NULL : value;
    }
}
