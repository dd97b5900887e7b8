package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds argument values in what the user said. A number is used once; everything else may serve twice. */
final class UserWords implements SchemaValues.Hints {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])-?\\d+(?:\\.\\d+)?(?![\\w-])(?!\\.\\d)");
    private static final Pattern NEGATION =
            Pattern.compile("(?i)\\b(not|no|without|never|don't|do not|off|disable|false)\\b");
    private static final Pattern AFFIRMATION = Pattern.compile("(?i)\\b(on|yes|enable|with|true|please)\\b");

    private final String words;
    private final Set<String> stems;
    private final String digits;
    private final Phrases phrases;
    private final Set<Integer> used = new HashSet<>();
    private final @Nullable String subject;

    /** @param subject the one value to use of several that were named; null if there is no choice */
    UserWords(String words, Clock clock, @Nullable String subject) {
        this.words = words;
        this.stems = new HashSet<>(Words.of(words).stream().map(Words::stem).toList());
        this.digits = NumberWords.toDigits(words);
        this.phrases = new Phrases(words, clock);
        this.subject = subject;
    }

    @Override
    public @Nullable JsonValue hint(String name, JsonObject schema, boolean required) {
        if (!schema.array("enum").isEmpty()) {
            return allowed(schema.array("enum"));
        }
        return switch (SchemaMerge.type(schema)) {
            case "string" -> string(name, schema, required);
            case "integer", "number" -> number(name, schema, required);
            case "boolean" -> flag(name, required);
            case "array" -> list(name, schema, required);
            default -> null;
        };
    }

    /** The first allowed value whose words are all among the user's. */
    private @Nullable JsonValue allowed(List<JsonValue> values) {
        return values.stream().filter(this::isNamed).findFirst().orElse(null);
    }

    private boolean isNamed(JsonValue value) {
        String text = value instanceof JsonString string ? string.value() : value.toString();
        List<String> parts = Words.of(Words.fromName(text));
        return !parts.isEmpty() && parts.stream().map(Words::stem).allMatch(stems::contains);
    }

    private @Nullable JsonValue string(String name, JsonObject schema, boolean required) {
        String found = subject != null && Phrases.isPlace(name) ? subject : phrases.find(name, schema, required);
        return found == null || found.isBlank() ? null : new JsonString(found);
    }

    private @Nullable JsonValue number(String name, JsonObject schema, boolean required) {
        Matcher matcher = NUMBER.matcher(digits);
        boolean isMentioned = stems.containsAll(stemsOf(name));
        if (!required && !isMentioned) {
            return null;
        }
        String type = SchemaMerge.type(schema);
        while (matcher.find()) {
            JsonNumber number = new JsonNumber(new BigDecimal(matcher.group()));
            if (!used.contains(matcher.start()) && LeafValues.fits(number, schema, type)) {
                if (required) {
                    used.add(matcher.start());
                }
                return number;
            }
        }
        return null;
    }

    private @Nullable JsonValue flag(String name, boolean required) {
        boolean isMentioned = stems.containsAll(stemsOf(name));
        if (!isMentioned && !required) {
            return null;
        }
        boolean denied = NEGATION.matcher(words).find();
        return new JsonBoolean(
                !denied && (isMentioned || AFFIRMATION.matcher(words).find()));
    }

    private @Nullable JsonValue list(String name, JsonObject schema, boolean required) {
        if (!(schema.get("items") instanceof JsonObject items)) {
            return null;
        }
        List<JsonValue> values = new ArrayList<>();
        if (!items.array("enum").isEmpty()) {
            items.array("enum").stream().filter(this::isNamed).forEach(values::add);
        } else if (SchemaMerge.type(items).equals("string")) {
            phrases.several(name).forEach(each -> values.add(new JsonString(each)));
            if (values.isEmpty() && required && string(name, items, true) instanceof JsonString one) {
                values.add(one);
            }
        } else if (List.of("integer", "number").contains(SchemaMerge.type(items))) {
            Matcher matcher = NUMBER.matcher(digits);
            while (matcher.find()) {
                values.add(new JsonNumber(new BigDecimal(matcher.group())));
            }
        }
        return values.isEmpty() ? null : new JsonArray(values);
    }

    private static List<String> stemsOf(String name) {
        return Words.of(Words.fromName(name)).stream().map(Words::stem).toList();
    }
}
