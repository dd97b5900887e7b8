package io.github.realtime4j.cli.inspect;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decoding and encoding did to one place of an event. An absent field, null and an empty list mean the same; so do
 * numbers of the same value.
 *
 * @param path such as {@code $.item.content[0].text}
 */
public record Difference(Kind kind, String path) {

    /** How a place differs. */
    public enum Kind {
        LOST,
        CHANGED,
        ADDED
    }

    /** All places where {@code after} is not what {@code before} was, in order. */
    public static List<Difference> between(JsonValue before, JsonValue after) {
        List<Difference> differences = new ArrayList<>();
        compare(before, after, "$", differences);
        return differences;
    }

    private static void compare(
            @Nullable JsonValue before, @Nullable JsonValue after, String path, List<Difference> found) {
        if (saysNothing(before) && saysNothing(after)) {
            return;
        }
        if (saysNothing(after)) {
            found.add(new Difference(Kind.LOST, path));
        } else if (saysNothing(before)) {
            found.add(new Difference(Kind.ADDED, path));
        } else if (before instanceof JsonObject one && after instanceof JsonObject other) {
            one.forEach((name, member) -> compare(member, other.get(name), path + "." + name, found));
            other.forEach((name, member) -> {
                if (!one.has(name)) {
                    compare(null, member, path + "." + name, found);
                }
            });
        } else if (before instanceof JsonArray one && after instanceof JsonArray other) {
            int length = Math.max(one.elements().size(), other.elements().size());
            for (int i = 0; i < length; i++) {
                compare(element(one, i), element(other, i), path + "[" + i + "]", found);
            }
        } else if (!isSame(before, after)) {
            found.add(new Difference(Kind.CHANGED, path));
        }
    }

    private static @Nullable JsonValue element(JsonArray array, int index) {
        return index < array.elements().size() ? array.elements().get(index) : null;
    }

    private static boolean saysNothing(@Nullable JsonValue value) {
        return value == null
                || value == JsonNull.NULL
                || (value instanceof JsonArray array && array.elements().isEmpty());
    }

    private static boolean isSame(@Nullable JsonValue before, @Nullable JsonValue after) {
        if (before instanceof JsonNumber one && after instanceof JsonNumber other) {
            return one.value().compareTo(other.value()) == 0;
        }
        return before != null && before.equals(after);
    }
}
