package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema with its references followed and its alternatives decided. */
final class SchemaMerge {
    private static final int MAX_STEPS = 32;
    private static final int MAX_DEPTH = 6;

    private SchemaMerge() {}

    /** Follows {@code $ref}, takes all of {@code allOf} and the first {@code anyOf}/{@code oneOf} that is not null. */
    static JsonObject resolved(JsonObject given, JsonObject root) {
        return resolved(given, root, 0);
    }

    private static JsonObject resolved(JsonObject given, JsonObject root, int depth) {
        JsonObject schema = given;
        for (int step = 0; step < MAX_STEPS && depth < MAX_DEPTH; step++) {
            String reference = schema.string("$ref");
            if (reference != null) {
                schema = merged(schema.without("$ref"), target(reference, root));
            } else if (schema.has("allOf")) {
                List<JsonValue> parts = schema.array("allOf");
                schema = schema.without("allOf");
                for (JsonValue part : parts) {
                    schema = part instanceof JsonObject object
                            ? merged(schema, resolved(object, root, depth + 1))
                            : schema;
                }
            } else if (schema.has("anyOf") || schema.has("oneOf")) {
                String word = schema.has("anyOf") ? "anyOf" : "oneOf";
                JsonObject chosen = chosen(schema.array(word), root, depth + 1);
                schema = chosen == null ? schema.without(word) : merged(schema.without(word), chosen);
            } else {
                return schema;
            }
        }
        return schema.without("$ref", "allOf", "anyOf", "oneOf");
    }

    /** The first type that is not {@code null}; without one, what the other words speak of. */
    static String type(JsonObject schema) {
        String type = schema.string("type");
        if (type != null) {
            return type;
        }
        for (JsonValue each : schema.array("type")) {
            if (each instanceof JsonString name && !name.value().equals("null")) {
                return name.value();
            }
        }
        if (schema.has("properties") || schema.has("required")) {
            return "object";
        } else if (schema.has("items") || schema.has("prefixItems")) {
            return "array";
        }
        return schema.has("minimum") || schema.has("maximum") ? "number" : "string";
    }

    private static @Nullable JsonObject chosen(List<JsonValue> variants, JsonObject root, int depth) {
        for (JsonValue variant : variants) {
            if (variant instanceof JsonObject object) {
                JsonObject resolved = resolved(object, root, depth);
                if (!"null".equals(resolved.string("type")) && resolved.get("const") != JsonNull.NULL) {
                    return resolved;
                }
            }
        }
        return null;
    }

    private static JsonObject target(String reference, JsonObject root) {
        JsonValue at = root;
        String path = reference.startsWith("#") ? reference.substring(1) : "";
        for (String part : path.split("/")) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (!name.isEmpty()) {
                at = at instanceof JsonObject object && object.get(name) != null ? object.get(name) : JsonObject.EMPTY;
            }
        }
        return at instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /** Both: properties and required lists are joined, of other words the first schema's win. */
    private static JsonObject merged(JsonObject first, JsonObject second) {
        JsonObject merged = first;
        for (Map.Entry<String, JsonValue> word : second.members().entrySet()) {
            JsonValue mine = first.get(word.getKey());
            if (mine instanceof JsonObject one && word.getValue() instanceof JsonObject two) {
                merged = merged.with(word.getKey(), merged(one, two));
            } else if (word.getKey().equals("required") && mine instanceof JsonArray one) {
                Set<JsonValue> names = new LinkedHashSet<>(one.elements());
                names.addAll(second.array("required"));
                merged = merged.with("required", new JsonArray(new ArrayList<>(names)));
            } else if (mine == null) {
                merged = merged.with(word.getKey(), word.getValue());
            }
        }
        return merged;
    }
}
