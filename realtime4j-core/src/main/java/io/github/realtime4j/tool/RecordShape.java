package io.github.realtime4j.tool;

import io.github.realtime4j.codec.RecordAccess;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as an object that has these properties and no other. */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final RecordAccess access;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final JsonObject schema;

    /**
     * One component.
     *
     * @param optional whether it may be missing or {@code null}
     * @param wrapped whether it is an {@link Optional}
     */
    record Property(
            String name,
            Shape shape,
            boolean optional,
            boolean wrapped,
            @Nullable String description) {
        private JsonObject schema() {
            JsonObject schema = shape.schema();
            String meaning = schema.string("description");
            if (description == null) {
                return schema;
            }
            // An enum's constants stay explained; a record's own description gives way.
            boolean both = shape instanceof EnumShape && meaning != null;
            return schema.with("description", both ? description + "\n" + meaning : description);
        }

        private @Nullable Object absent() {
            return wrapped ? Optional.empty() : null;
        }

        private @Nullable Object read(JsonValue json, String path, Problems problems) {
            if (optional && json == JsonNull.NULL) {
                return absent();
            }
            Object value = shape.read(json, path, problems);
            return wrapped ? Optional.ofNullable(value) : value;
        }
    }

    RecordShape(Class<?> type, List<Property> components) {
        this.type = type;
        this.access = new RecordAccess(type);
        for (Property property : components) {
            if (properties.put(property.name, property) != null) {
                throw new IllegalArgumentException(
                        "Expected different names but " + type.getName() + " has two components " + property.name);
            }
        }
        this.schema = makeSchema();
    }

    private JsonObject makeSchema() {
        Map<String, JsonValue> schemas = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Property property : properties.values()) {
            schemas.put(property.name, property.schema());
            if (!property.optional) {
                required.add(property.name);
            }
        }
        JsonObject object = JsonObject.of("type", "object");
        Description description = type.getAnnotation(Description.class);
        if (description != null) {
            object = object.with("description", description.value());
        }
        object = object.with("properties", schemas);
        if (!required.isEmpty()) {
            object = object.with("required", required);
        }
        return object.with("additionalProperties", false);
    }

    @Override
    public JsonObject schema() {
        return schema;
    }

    @Override
    public @Nullable Object read(JsonValue json, String path, Problems problems) {
        if (!(json instanceof JsonObject object)) {
            problems.mismatch("an object", json, path);
            return null;
        }
        Problems here = new Problems();
        @Nullable Object[] values = new Object[properties.size()];
        int index = 0;
        for (Property property : properties.values()) {
            String at = Problems.member(path, property.name);
            JsonValue member = object.get(property.name);
            if (member != null) {
                values[index] = property.read(member, at, here);
            } else if (property.optional) {
                values[index] = property.absent();
            } else {
                here.missing(at);
            }
            index++;
        }
        refuseUnknown(object, path, here);
        Object record = here.isEmpty() ? create(values, path, here) : null;
        problems.addAll(here);
        return record;
    }

    private void refuseUnknown(JsonObject object, String path, Problems problems) {
        for (String name : object.members().keySet()) {
            if (!properties.containsKey(name)) {
                problems.unknown(Problems.member(path, name), List.copyOf(properties.keySet()));
            }
        }
    }

    /** A record's constructor may have the last word on what fits. */
    private @Nullable Object create(@Nullable Object[] values, String path, Problems problems) {
        try {
            return access.create(values);
        } catch (IllegalArgumentException e) {
            String reason = e.getMessage() == null ? "refused by " + type.getSimpleName() : e.getMessage();
            problems.add(reason + " at " + path);
            return null;
        }
    }
}
