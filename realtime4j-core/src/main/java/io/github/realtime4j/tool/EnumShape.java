package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of an enum's constants, by the name that it has in Java. */
final class EnumShape implements Shape {
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final JsonObject schema;

    EnumShape(Class<?> type) {
        List<String> meanings = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            constants.put(name, constant);
            String meaning = meaning(type, name);
            if (meaning != null) {
                meanings.add(name + ": " + meaning);
            }
        }
        JsonObject bare = JsonObject.of("type", "string", "enum", constants.keySet());
        Description whole = type.getAnnotation(Description.class);
        if (whole != null) {
            meanings.add(0, whole.value());
        }
        this.schema = meanings.isEmpty() ? bare : bare.with("description", String.join("\n", meanings));
    }

    private static @Nullable String meaning(Class<?> type, String constant) {
        try {
            Description description = type.getField(constant).getAnnotation(Description.class);
            return description == null ? null : description.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JsonObject schema() {
        return schema;
    }

    @Override
    public @Nullable Object read(JsonValue json, String path, Problems problems) {
        Object constant = json instanceof JsonString name ? constants.get(name.value()) : null;
        if (constant == null) {
            problems.mismatch("one of " + String.join(", ", constants.keySet()), json, path);
        }
        return constant;
    }
}
