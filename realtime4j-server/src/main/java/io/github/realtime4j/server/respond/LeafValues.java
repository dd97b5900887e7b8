package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Strings, numbers and booleans within the bounds of their schema. */
final class LeafValues {
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "2026-01-%02d"),
            Map.entry("time", "10:%02d:00Z"),
            Map.entry("date-time", "2026-01-01T10:%02d:00Z"),
            Map.entry("duration", "PT%dM"),
            Map.entry("email", "user%d@example.com"),
            Map.entry("uri", "https://example.com/%d"),
            Map.entry("url", "https://example.com/%d"),
            Map.entry("hostname", "host%d.example.com"),
            Map.entry("ipv4", "192.0.2.%d"),
            Map.entry("ipv6", "2001:db8::%d"),
            Map.entry("uuid", "00000000-0000-4000-8000-%012d"));

    private static final BigDecimal MAX_SIZE = BigDecimal.valueOf(10_000);

    private LeafValues() {}

    /** @param seed other seeds, other values, where the schema leaves a choice */
    static JsonValue make(JsonObject schema, String type, String name, int seed) {
        return switch (type) {
            case "integer", "number" -> new JsonNumber(number(schema, type.equals("integer"), seed));
            case "boolean" -> new JsonBoolean(seed % 2 == 1);
            default -> new JsonString(string(schema, name, seed));
        };
    }

    /** Whether a simple value, or an array of them, is what the schema wants. */
    static boolean fits(JsonValue value, JsonObject schema, String type) {
        return switch (type) {
            case "integer", "number" ->
                value instanceof JsonNumber number && inBounds(number.value(), schema, type.equals("integer"));
            case "boolean" -> value instanceof JsonBoolean;
            case "string" -> value instanceof JsonString string && isAllowed(string.value(), schema);
            case "array" -> value instanceof JsonArray;
            default -> false;
        };
    }

    static boolean isAllowed(JsonValue value, JsonObject schema) {
        return (schema.array("enum").isEmpty() || schema.array("enum").contains(value))
                && (schema.get("const") == null || value.equals(schema.get("const")))
                && fits(value, schema, SchemaMerge.type(schema));
    }

    /** A size, such as {@code minLength}; at most 10,000. */
    static int bound(JsonObject schema, String word, int otherwise) {
        return schema.get(word) instanceof JsonNumber number
                ? number.value().min(MAX_SIZE).intValue()
                : otherwise;
    }

    private static boolean isAllowed(String value, JsonObject schema) {
        int length = value.codePointCount(0, value.length());
        return length >= bound(schema, "minLength", 0)
                && length <= bound(schema, "maxLength", Integer.MAX_VALUE)
                && matches(value, schema.string("pattern"))
                && Formats.isValid(value, schema.string("format"));
    }

    private static boolean matches(String value, @Nullable String pattern) {
        try {
            return pattern == null || Pattern.compile(pattern).matcher(value).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    private static boolean inBounds(BigDecimal value, JsonObject schema, boolean whole) {
        BigDecimal step = decimal(schema, "multipleOf");
        return above(value, schema)
                && below(value, schema)
                && (!whole || value.stripTrailingZeros().scale() <= 0)
                && (step == null || step.signum() <= 0 || value.remainder(step).signum() == 0);
    }

    private static boolean above(BigDecimal value, JsonObject schema) {
        BigDecimal min = decimal(schema, "minimum");
        BigDecimal exclusive = decimal(schema, "exclusiveMinimum");
        return (min == null || value.compareTo(min) >= 0) && (exclusive == null || value.compareTo(exclusive) > 0);
    }

    private static boolean below(BigDecimal value, JsonObject schema) {
        BigDecimal max = decimal(schema, "maximum");
        BigDecimal exclusive = decimal(schema, "exclusiveMaximum");
        return (max == null || value.compareTo(max) <= 0) && (exclusive == null || value.compareTo(exclusive) < 0);
    }

    /** The least allowed number from 1 on, or the greatest if there is none; plus one step for each seed. */
    private static BigDecimal number(JsonObject schema, boolean whole, int seed) {
        BigDecimal multiple = decimal(schema, "multipleOf");
        BigDecimal step = multiple == null || multiple.signum() <= 0 ? BigDecimal.ONE : multiple;
        if (whole && step.stripTrailingZeros().scale() > 0) {
            step = BigDecimal.ONE;
        }
        BigDecimal value = roundedUp(start(schema), step);
        while (!above(value, schema)) {
            value = value.add(step);
        }
        BigDecimal varied = value.add(step.multiply(BigDecimal.valueOf(seed)));
        if (below(varied, schema)) {
            return varied;
        }
        if (multiple == null && !whole && !below(value, schema)) {
            return between(schema);
        }
        while (!below(value, schema) && above(value.subtract(step), schema)) {
            value = value.subtract(step);
        }
        return value;
    }

    private static BigDecimal start(JsonObject schema) {
        BigDecimal min = decimal(schema, "minimum");
        BigDecimal exclusive = decimal(schema, "exclusiveMinimum");
        BigDecimal least = min == null || (exclusive != null && exclusive.compareTo(min) > 0) ? exclusive : min;
        BigDecimal max = decimal(schema, "maximum");
        BigDecimal most = max == null ? decimal(schema, "exclusiveMaximum") : max;
        if (least != null && least.compareTo(BigDecimal.ONE) >= 0) {
            return least;
        } else if (most != null && most.compareTo(BigDecimal.ONE) < 0) {
            return least == null ? most.subtract(BigDecimal.TEN) : least;
        }
        return BigDecimal.ONE;
    }

    private static BigDecimal between(JsonObject schema) {
        BigDecimal min = decimal(schema, "minimum");
        BigDecimal low = min == null ? decimal(schema, "exclusiveMinimum") : min;
        BigDecimal max = decimal(schema, "maximum");
        BigDecimal high = max == null ? decimal(schema, "exclusiveMaximum") : max;
        if (low == null) {
            return high == null ? BigDecimal.ONE : high.subtract(BigDecimal.ONE);
        }
        return high == null ? low.add(BigDecimal.ONE) : low.add(high).divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal roundedUp(BigDecimal value, BigDecimal step) {
        return value.divide(step, 0, RoundingMode.CEILING).multiply(step);
    }

    private static String string(JsonObject schema, String name, int seed) {
        String pattern = schema.string("pattern");
        if (pattern != null) {
            return PatternText.matching(
                    pattern, bound(schema, "minLength", 0), bound(schema, "maxLength", Integer.MAX_VALUE), seed);
        }
        String format = FORMATS.get(String.valueOf(schema.string("format")));
        if (format != null) {
            return String.format(format, seed % 28 + 1);
        }
        String text = (name.isEmpty() ? "text" : Words.fromName(name)) + (seed == 0 ? "" : " " + seed);
        int least = bound(schema, "minLength", 0);
        int most = bound(schema, "maxLength", Integer.MAX_VALUE);
        String padded = text.length() < least ? text + "x".repeat(least - text.length()) : text;
        return padded.length() <= most ? padded : padded.substring(padded.length() - most);
    }

    private static @Nullable BigDecimal decimal(JsonObject schema, String word) {
        return schema.get(word) instanceof JsonNumber number ? number.value() : null;
    }
}
