package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** A small JSON Schema checker, written apart from the maker that it checks. */
final class SchemaCheck {
    private final JsonObject root;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(JsonObject root) {
        this.root = root;
    }

    static List<String> problems(JsonObject schema, JsonValue value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check(schema, value, "$");
        return check.problems;
    }

    private boolean valid(JsonValue schema, JsonValue value) {
        SchemaCheck check = new SchemaCheck(root);
        check.check(schema, value, "$");
        return check.problems.isEmpty();
    }

    private void check(JsonValue given, JsonValue value, String path) {
        if (!(given instanceof JsonObject schema)) {
            return;
        }
        if (schema.string("$ref") != null) {
            JsonValue target = root;
            for (String part : schema.string("$ref").substring(1).split("/")) {
                target = part.isEmpty() ? target : ((JsonObject) target).get(part);
            }
            check(target, value, path);
        }
        schema.array("allOf").forEach(each -> check(each, value, path));
        require(
                !schema.has("anyOf") || schema.array("anyOf").stream().anyMatch(each -> valid(each, value)),
                path,
                "anyOf");
        require(
                !schema.has("oneOf")
                        || schema.array("oneOf").stream()
                                        .filter(each -> valid(each, value))
                                        .count()
                                == 1,
                path,
                "oneOf");
        require(!schema.has("const") || value.equals(schema.get("const")), path, "const");
        require(!schema.has("enum") || schema.array("enum").contains(value), path, "enum");
        types(schema, value, path);
        if (value instanceof JsonObject object) {
            object(schema, object, path);
        } else if (value instanceof JsonArray array) {
            array(schema, array, path);
        } else if (value instanceof JsonString string) {
            string(schema, string.value(), path);
        } else if (value instanceof JsonNumber number) {
            number(schema, number.value(), path);
        }
    }

    private void types(JsonObject schema, JsonValue value, String path) {
        List<String> types = new ArrayList<>();
        if (schema.string("type") != null) {
            types.add(schema.string("type"));
        }
        schema.array("type").forEach(each -> types.add(((JsonString) each).value()));
        require(types.isEmpty() || types.stream().anyMatch(each -> isA(each, value)), path, "type " + types);
    }

    private static boolean isA(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "boolean" -> value instanceof JsonBoolean;
            case "null" -> value == JsonNull.NULL;
            case "number" -> value instanceof JsonNumber;
            default ->
                value instanceof JsonNumber number
                        && number.value().remainder(BigDecimal.ONE).signum() == 0;
        };
    }

    private void object(JsonObject schema, JsonObject value, String path) {
        schema.array("required")
                .forEach(each -> require(value.has(((JsonString) each).value()), path, "lacks " + each));
        require(value.members().size() >= size(schema, "minProperties", 0), path, "minProperties");
        JsonObject properties = schema.object("properties") == null ? JsonObject.EMPTY : schema.object("properties");
        value.forEach((name, member) -> {
            if (properties.has(name)) {
                check(properties.get(name), member, path + "." + name);
            } else if (schema.get("additionalProperties") instanceof JsonObject other) {
                check(other, member, path + "." + name);
            } else {
                require(!new JsonBoolean(false).equals(schema.get("additionalProperties")), path, "has " + name);
            }
        });
    }

    private void array(JsonObject schema, JsonArray value, String path) {
        List<JsonValue> elements = value.elements();
        require(elements.size() >= size(schema, "minItems", 0), path, "minItems");
        require(elements.size() <= size(schema, "maxItems", Integer.MAX_VALUE), path, "maxItems");
        boolean unique = new JsonBoolean(true).equals(schema.get("uniqueItems"));
        require(!unique || new HashSet<>(elements).size() == elements.size(), path, "uniqueItems");
        List<JsonValue> prefix = schema.array("prefixItems");
        for (int i = 0; i < elements.size(); i++) {
            JsonValue item = i < prefix.size() ? prefix.get(i) : schema.get("items");
            if (item != null) {
                check(item, elements.get(i), path + "[" + i + "]");
            }
        }
    }

    private void string(JsonObject schema, String value, String path) {
        require(value.length() >= size(schema, "minLength", 0), path, "minLength");
        require(value.length() <= size(schema, "maxLength", Integer.MAX_VALUE), path, "maxLength");
        String pattern = schema.string("pattern");
        require(pattern == null || Pattern.compile(pattern).matcher(value).find(), path, "pattern " + pattern);
        String format = String.valueOf(schema.string("format"));
        require(
                switch (format) {
                    case "date" -> value.matches("\\d{4}-[01]\\d-[0-3]\\d");
                    case "email" -> value.matches("[^@]+@[^@]+\\.[a-z]+");
                    case "date-time" -> value.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
                    case "uuid" -> value.matches("[0-9a-f-]{36}");
                    default -> true;
                },
                path,
                "format " + format);
    }

    private void number(JsonObject schema, BigDecimal value, String path) {
        require(compare(schema, "minimum", value) >= 0, path, "minimum");
        require(-compare(schema, "maximum", value) >= 0, path, "maximum");
        require(
                !schema.has("exclusiveMinimum") || compare(schema, "exclusiveMinimum", value) > 0,
                path,
                "exclusiveMinimum");
        require(
                !schema.has("exclusiveMaximum") || compare(schema, "exclusiveMaximum", value) < 0,
                path,
                "exclusiveMaximum");
        boolean isMultiple = !(schema.get("multipleOf") instanceof JsonNumber step)
                || value.remainder(step.value()).signum() == 0;
        require(isMultiple, path, "multipleOf");
    }

    private static int compare(JsonObject schema, String word, BigDecimal value) {
        return schema.get(word) instanceof JsonNumber bound ? value.compareTo(bound.value()) : 0;
    }

    private static int size(JsonObject schema, String word, int otherwise) {
        return schema.get(word) instanceof JsonNumber bound ? bound.value().intValue() : otherwise;
    }

    private void require(boolean holds, String path, String what) {
        if (!holds) {
            problems.add(path + ": " + what);
        }
    }
}
