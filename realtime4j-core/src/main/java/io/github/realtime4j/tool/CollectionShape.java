package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several values of one shape. What is read is in the model's order and cannot be changed.
 *
 * @param kind {@link List}, {@link Set} or {@link Map}, whose keys are strings
 */
record CollectionShape(Class<?> kind, Shape element) implements Shape {
    @Override
    public JsonObject schema() {
        if (kind == Map.class) {
            return JsonObject.of("type", "object", "additionalProperties", element.schema());
        }
        JsonObject array = JsonObject.of("type", "array", "items", element.schema());
        return kind == Set.class ? array.with("uniqueItems", true) : array;
    }

    @Override
    public @Nullable Object read(JsonValue json, String path, Problems problems) {
        if (kind == Map.class) {
            return readMap(json, path, problems);
        }
        if (!(json instanceof JsonArray array)) {
            problems.mismatch("an array", json, path);
            return null;
        }
        Collection<@Nullable Object> values = kind == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        int index = 0;
        for (JsonValue value : array.elements()) {
            values.add(element.read(value, path + "[" + index++ + "]", problems));
        }
        return values instanceof Set<?> set
                ? Collections.unmodifiableSet(set)
                : Collections.unmodifiableList((List<?>) values);
    }

    private @Nullable Object readMap(JsonValue json, String path, Problems problems) {
        if (!(json instanceof JsonObject object)) {
            problems.mismatch("an object", json, path);
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.forEach((name, value) -> values.put(name, element.read(value, Problems.member(path, name), problems)));
        return Collections.unmodifiableMap(values);
    }
}
