package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value that satisfies a JSON Schema, from hints where they fit: {@code type}, {@code enum}, {@code const},
 * {@code properties}, {@code required}, {@code minProperties}, {@code items}, {@code prefixItems}, {@code minItems},
 * {@code uniqueItems}, bounds and {@code multipleOf} of numbers, lengths, {@code pattern} and {@code format} of strings,
 * {@code anyOf}, {@code oneOf}, {@code allOf}, {@code $ref} into the schema. Members that are not required are left out
 * unless a hint knows them. What it does not know ({@code not}, {@code if}, {@code dependentSchemas}, …) it ignores.
 */
final class SchemaValues {
    private static final int MAX_DEPTH = 24;
    /** Some schemas have no finite value. */
    private static final int MAX_VALUES = 5_000;

    /** Where values may come from; the maker checks that they fit. */
    @FunctionalInterface
    interface Hints {
        Hints NONE = (name, schema, required) -> null;

        /**
         * @param name of the property; of the enclosing one for elements of an array
         * @param required whether something has to be found
         * @return a string, number or boolean, or an array of them; null for nothing
         */
        @Nullable
        JsonValue hint(String name, JsonObject schema, boolean required);
    }

    private final JsonObject root;
    private final Hints hints;
    private int made;

    SchemaValues(JsonObject root, Hints hints) {
        this.root = root;
        this.hints = hints;
    }

    /** Arguments for a function with these parameters. */
    static JsonObject arguments(JsonObject parameters, Hints hints) {
        JsonValue value = new SchemaValues(parameters, hints).value();
        return value instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    JsonValue value() {
        return make(root, "", true, 0);
    }

    private JsonValue make(JsonValue given, String name, boolean required, int depth) {
        if (!(given instanceof JsonObject object) || depth > MAX_DEPTH || ++made > MAX_VALUES) {
            return JsonNull.NULL;
        }
        JsonObject schema = SchemaMerge.resolved(object, root);
        JsonValue fixed = schema.get("const");
        if (fixed != null) {
            return fixed;
        }
        String type = SchemaMerge.type(schema);
        JsonValue hint = type.equals("object") || name.isEmpty() ? null : hints.hint(name, schema, required);
        if (!schema.array("enum").isEmpty()) {
            return hint != null && schema.array("enum").contains(hint)
                    ? hint
                    : schema.array("enum").get(0);
        }
        JsonValue otherwise = schema.get("default");
        if (hint == null
                && otherwise != null
                && otherwise != JsonNull.NULL
                && LeafValues.fits(otherwise, schema, type)) {
            return otherwise;
        }
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, hint, depth);
            case "null" -> JsonNull.NULL;
            default ->
                hint != null && LeafValues.fits(hint, schema, type) ? hint : LeafValues.make(schema, type, name, 0);
        };
    }

    private JsonObject object(JsonObject schema, int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonObject properties = schema.object("properties");
        JsonObject known = properties == null ? JsonObject.EMPTY : properties;
        List<JsonValue> required = schema.array("required");
        known.forEach((name, property) -> {
            if (required.contains(new JsonString(name))) {
                members.put(name, make(property, name, true, depth + 1));
            } else if (isHinted(name, property)) {
                members.put(name, make(property, name, false, depth + 1));
            }
        });
        for (JsonValue each : required) {
            if (each instanceof JsonString name && !members.containsKey(name.value())) {
                members.put(name.value(), make(others(schema), name.value(), true, depth + 1));
            }
        }
        fill(members, known, schema, depth);
        return new JsonObject(members);
    }

    /** Up to {@code minProperties}. */
    private void fill(Map<String, JsonValue> members, JsonObject known, JsonObject schema, int depth) {
        int least = LeafValues.bound(schema, "minProperties", 0);
        known.forEach((name, property) -> {
            if (members.size() < least && !members.containsKey(name)) {
                members.put(name, make(property, name, true, depth + 1));
            }
        });
        for (int i = 1; members.size() < least && i <= least; i++) {
            members.put("key" + i, make(others(schema), "key" + i, true, depth + 1));
        }
    }

    private static JsonValue others(JsonObject schema) {
        return schema.get("additionalProperties") instanceof JsonObject other ? other : JsonObject.of("type", "string");
    }

    private boolean isHinted(String name, JsonValue property) {
        if (!(property instanceof JsonObject object)) {
            return false;
        }
        JsonObject schema = SchemaMerge.resolved(object, root);
        String type = SchemaMerge.type(schema);
        JsonValue hint = type.equals("object") ? null : hints.hint(name, schema, false);
        List<JsonValue> allowed = schema.array("enum");
        return hint != null && (allowed.isEmpty() ? LeafValues.fits(hint, schema, type) : allowed.contains(hint));
    }

    private JsonArray array(JsonObject schema, String name, @Nullable JsonValue hint, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        List<JsonValue> prefix = schema.array("prefixItems");
        prefix.forEach(each -> elements.add(make(each, name, true, depth + 1)));
        JsonValue given = schema.get("items");
        JsonObject items = given instanceof JsonObject object ? SchemaMerge.resolved(object, root) : null;
        int most = LeafValues.bound(schema, "maxItems", 100);
        boolean unique = new JsonBoolean(true).equals(schema.get("uniqueItems"));
        if (hint instanceof JsonArray hinted && prefix.isEmpty()) {
            for (JsonValue each : hinted.elements()) {
                boolean fresh = !unique || !elements.contains(each);
                if (elements.size() < most && fresh && (items == null || LeafValues.isAllowed(each, items))) {
                    elements.add(each);
                }
            }
        }
        int least = Math.max(LeafValues.bound(schema, "minItems", 0), prefix.size());
        for (int seed = 0; elements.size() < least && seed < least * 20 + 20; seed++) {
            JsonValue element = element(items, name, seed, depth);
            if (!unique || !elements.contains(element)) {
                elements.add(element);
            }
        }
        return new JsonArray(elements);
    }

    /** Elements of simple types differ by their seed. */
    private JsonValue element(@Nullable JsonObject items, String name, int seed, int depth) {
        if (items == null) {
            return new JsonString("item " + (seed + 1));
        }
        List<JsonValue> allowed = items.array("enum");
        if (!allowed.isEmpty()) {
            return allowed.get(seed % allowed.size());
        }
        String type = SchemaMerge.type(items);
        boolean simple = !List.of("object", "array", "null").contains(type) && items.get("const") == null;
        return simple
                ? LeafValues.make(items, type, name, seed)
                : varied(make(items, name, true, depth + 1), items, seed);
    }

    /** The same object with one of its simple members varied. */
    private JsonValue varied(JsonValue element, JsonObject schema, int seed) {
        JsonObject properties = schema.object("properties");
        if (seed == 0 || properties == null || !(element instanceof JsonObject object)) {
            return element;
        }
        for (String name : object.members().keySet()) {
            if (properties.get(name) instanceof JsonObject property) {
                JsonObject leaf = SchemaMerge.resolved(property, root);
                String type = SchemaMerge.type(leaf);
                if (List.of("string", "integer", "number").contains(type) && leaf.get("const") == null) {
                    List<JsonValue> allowed = leaf.array("enum");
                    return object.with(
                            name,
                            allowed.isEmpty()
                                    ? LeafValues.make(leaf, type, name, seed)
                                    : allowed.get(seed % allowed.size()));
                }
            }
        }
        return element;
    }
}
