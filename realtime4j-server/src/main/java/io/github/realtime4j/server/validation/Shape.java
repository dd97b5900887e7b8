package io.github.realtime4j.server.validation;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a JSON value must look like, as a value itself: the tables of this package are made of these. */
sealed interface Shape {

    /** A condition between members, checked when each of them is right on its own. */
    @FunctionalInterface
    interface Rule {
        @Nullable
        ErrorDetail check(JsonObject object, String path, SessionFacts facts);
    }

    /** A string. */
    record Text(List<String> values, @Nullable Pattern pattern, int minLength, int maxLength) implements Shape {
        Text matching(String regex) {
            return new Text(values, Pattern.compile(regex), minLength, maxLength);
        }

        Text length(int min, int max) {
            return new Text(values, pattern, min, max);
        }
    }

    /** A number; bounds are inclusive. */
    record Numeric(
            boolean whole,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) implements Shape {}

    record Flag() implements Shape {}

    /** Base64 of at most so many bytes. */
    record Audio(int maxBytes) implements Shape {}

    /** Any object. */
    record AnyObject() implements Shape {}

    /** An object of strings. */
    record Pairs(int maxPairs, int maxNameLength, int maxValueLength) implements Shape {}

    record Array(Shape items, int minLength) implements Shape {}

    /** One of several JSON types. */
    record Choice(List<Shape> shapes) implements Shape {}

    /** One of several objects, told apart by one member. */
    record Tagged(String tag, Map<String, Shape> variants) implements Shape {}

    /** An object that is always refused. */
    record Refused(Rule reason) implements Shape {}

    /** An object with these members and no others. */
    record Members(Map<String, Member> members, List<Rule> rules) implements Shape {
        Members with(String name, Shape shape) {
            return with(name, new Member(shape, false, false));
        }

        Members required(String name, Shape shape) {
            return with(name, new Member(shape, true, false));
        }

        /** JSON {@code null} is as good as absent, or switches something off. */
        Members nullable(String name, Shape shape) {
            return with(name, new Member(shape, false, true));
        }

        Members rule(Rule rule) {
            List<Rule> more = new ArrayList<>(rules);
            more.add(rule);
            return new Members(members, more);
        }

        private Members with(String name, Member member) {
            Map<String, Member> more = new LinkedHashMap<>(members);
            more.put(name, member);
            return new Members(more, rules);
        }
    }

    /** One member of an object. */
    record Member(Shape shape, boolean required, boolean nullable) {}

    static Text string() {
        return new Text(List.of(), null, 0, Integer.MAX_VALUE);
    }

    static Text oneOf(String... values) {
        return oneOf(List.of(values));
    }

    static Text oneOf(List<String> values) {
        return new Text(values, null, 0, Integer.MAX_VALUE);
    }

    static Numeric integer() {
        return new Numeric(true, null, null);
    }

    static Numeric integer(long min, long max) {
        return new Numeric(true, BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    static Numeric integer(long min) {
        return new Numeric(true, BigDecimal.valueOf(min), null);
    }

    static Numeric decimal(String min, String max) {
        return new Numeric(false, new BigDecimal(min), new BigDecimal(max));
    }

    static Members object() {
        return new Members(Map.of(), List.of());
    }

    static Array array(Shape items) {
        return new Array(items, 0);
    }

    static Choice choice(Shape... shapes) {
        return new Choice(List.of(shapes));
    }

    /** @param namesAndShapes value of the tag and shape in turn */
    static Tagged tagged(String tag, Object... namesAndShapes) {
        Map<String, Shape> variants = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            variants.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return new Tagged(tag, variants);
    }
}
