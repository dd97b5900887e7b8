package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A string, number or boolean, or JSON as it is.
 *
 * @param read the Java value; null or an {@link ArithmeticException} if it is not what was expected
 */
record ScalarShape(JsonObject schema, String expected, Function<JsonValue, @Nullable Object> read) implements Shape {
    private static final int MOST_DIGITS = 1_000;

    static final Map<Class<?>, Shape> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, scalar("string", "a string", ScalarShape::string)),
            Map.entry(boolean.class, scalar("boolean", "true or false", ScalarShape::bool)),
            Map.entry(Boolean.class, scalar("boolean", "true or false", ScalarShape::bool)),
            Map.entry(byte.class, integer(Byte.SIZE, BigDecimal::byteValueExact)),
            Map.entry(Byte.class, integer(Byte.SIZE, BigDecimal::byteValueExact)),
            Map.entry(short.class, integer(Short.SIZE, BigDecimal::shortValueExact)),
            Map.entry(Short.class, integer(Short.SIZE, BigDecimal::shortValueExact)),
            Map.entry(int.class, integer(Integer.SIZE, BigDecimal::intValueExact)),
            Map.entry(Integer.class, integer(Integer.SIZE, BigDecimal::intValueExact)),
            Map.entry(long.class, integer(Long.SIZE, BigDecimal::longValueExact)),
            Map.entry(Long.class, integer(Long.SIZE, BigDecimal::longValueExact)),
            Map.entry(BigInteger.class, number("integer", "an integer", ScalarShape::bigInteger)),
            Map.entry(float.class, number("number", "a number", ScalarShape::finiteFloat)),
            Map.entry(Float.class, number("number", "a number", ScalarShape::finiteFloat)),
            Map.entry(double.class, number("number", "a number", ScalarShape::finiteDouble)),
            Map.entry(Double.class, number("number", "a number", ScalarShape::finiteDouble)),
            Map.entry(BigDecimal.class, number("number", "a number", decimal -> decimal)),
            Map.entry(JsonValue.class, new ScalarShape(JsonObject.EMPTY, "a JSON value", json -> json)),
            Map.entry(
                    JsonObject.class,
                    scalar("object", "an object", json -> json instanceof JsonObject object ? object : null)));

    @Override
    public @Nullable Object read(JsonValue json, String path, Problems problems) {
        Object value;
        try {
            value = read.apply(json);
        } catch (ArithmeticException e) {
            value = null;
        }
        if (value == null) {
            problems.mismatch(expected, json, path);
        }
        return value;
    }

    private static Shape scalar(String type, String expected, Function<JsonValue, @Nullable Object> read) {
        return new ScalarShape(JsonObject.of("type", type), expected, read);
    }

    private static Shape number(String type, String expected, Function<BigDecimal, @Nullable Object> read) {
        return scalar(type, expected, json -> json instanceof JsonNumber number ? read.apply(number.value()) : null);
    }

    private static Shape integer(int bits, Function<BigDecimal, @Nullable Object> read) {
        return number("integer", "an integer of " + bits + " bits", read);
    }

    private static @Nullable Object string(JsonValue json) {
        return json instanceof JsonString string ? string.value() : null;
    }

    private static @Nullable Object bool(JsonValue json) {
        return json instanceof JsonBoolean bool ? bool.value() : null;
    }

    /** Not for 1e999999999, which is short as text only. */
    private static @Nullable Object bigInteger(BigDecimal number) {
        boolean few = (long) number.precision() - number.scale() <= MOST_DIGITS;
        return few ? number.toBigIntegerExact() : null;
    }

    private static @Nullable Object finiteFloat(BigDecimal number) {
        float value = number.floatValue();
        return Float.isInfinite(value) ? null : value;
    }

    private static @Nullable Object finiteDouble(BigDecimal number) {
        double value = number.doubleValue();
        return Double.isInfinite(value) ? null : value;
    }
}
