package io.github.realtime4j.server.validation;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.validation.Shape.Array;
import io.github.realtime4j.server.validation.Shape.Audio;
import io.github.realtime4j.server.validation.Shape.Choice;
import io.github.realtime4j.server.validation.Shape.Flag;
import io.github.realtime4j.server.validation.Shape.Member;
import io.github.realtime4j.server.validation.Shape.Members;
import io.github.realtime4j.server.validation.Shape.Numeric;
import io.github.realtime4j.server.validation.Shape.Pairs;
import io.github.realtime4j.server.validation.Shape.Refused;
import io.github.realtime4j.server.validation.Shape.Rule;
import io.github.realtime4j.server.validation.Shape.Tagged;
import io.github.realtime4j.server.validation.Shape.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the first problem of a value against a {@link Shape}, in the order that {@link EventValidator} documents. */
final class ShapeChecker {
    private final SessionFacts facts;

    private ShapeChecker(SessionFacts facts) {
        this.facts = facts;
    }

    static @Nullable ErrorDetail check(JsonValue value, Shape shape, String path, SessionFacts facts) {
        return new ShapeChecker(facts).check(value, shape, path, Set.of());
    }

    /** @param tags members that an enclosing {@link Tagged} has looked at */
    private @Nullable ErrorDetail check(JsonValue value, Shape shape, String path, Set<String> tags) {
        if (!fits(value, shape)) {
            return ServiceErrors.wrongType(path, expected(shape), found(value));
        } else if (shape instanceof Text text) {
            return text(((JsonString) value).value(), text, path);
        } else if (shape instanceof Numeric numeric) {
            return number(((JsonNumber) value).value(), numeric, path);
        } else if (shape instanceof Audio audio) {
            return Base64Text.check(((JsonString) value).value(), audio.maxBytes(), path);
        } else if (shape instanceof Pairs pairs) {
            return pairs((JsonObject) value, pairs, path);
        } else if (shape instanceof Array array) {
            return array(((JsonArray) value).elements(), array, path);
        } else if (shape instanceof Choice choice) {
            return choice(value, choice, path);
        } else if (shape instanceof Tagged tagged) {
            return tagged((JsonObject) value, tagged, path, tags);
        } else if (shape instanceof Refused refused) {
            return refused.reason().check((JsonObject) value, path, facts);
        } else if (shape instanceof Members members) {
            return members((JsonObject) value, members, path, tags);
        }
        return null;
    }

    private @Nullable ErrorDetail tagged(JsonObject object, Tagged tagged, String path, Set<String> tags) {
        String tagPath = join(path, tagged.tag());
        JsonValue tag = object.get(tagged.tag());
        if (tag == null) {
            return ServiceErrors.missing(tagPath);
        }
        if (!(tag instanceof JsonString name)) {
            return ServiceErrors.wrongType(tagPath, "a string", found(tag));
        }
        Shape variant = tagged.variants().get(name.value());
        if (variant == null) {
            return ServiceErrors.notSupported(
                    tagPath, name.value(), List.copyOf(tagged.variants().keySet()));
        }
        Set<String> known = new HashSet<>(tags);
        known.add(tagged.tag());
        return check(object, variant, path, known);
    }

    private @Nullable ErrorDetail members(JsonObject object, Members shape, String path, Set<String> tags) {
        for (String name : object.members().keySet()) {
            if (!shape.members().containsKey(name) && !tags.contains(name)) {
                return ServiceErrors.unknown(join(path, name));
            }
        }
        for (Map.Entry<String, Member> member : shape.members().entrySet()) {
            if (member.getValue().required() && !object.has(member.getKey())) {
                return ServiceErrors.missing(join(path, member.getKey()));
            }
        }
        for (Map.Entry<String, JsonValue> given : object.members().entrySet()) {
            Member member = shape.members().get(given.getKey());
            if (member == null || (member.nullable() && given.getValue() == JsonNull.NULL)) {
                continue;
            }
            ErrorDetail problem = check(given.getValue(), member.shape(), join(path, given.getKey()), Set.of());
            if (problem != null) {
                return problem;
            }
        }
        for (Rule rule : shape.rules()) {
            ErrorDetail problem = rule.check(object, path, facts);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable ErrorDetail array(List<JsonValue> elements, Array array, String path) {
        if (elements.size() < array.minLength()) {
            return ServiceErrors.emptyArray(path);
        }
        for (int i = 0; i < elements.size(); i++) {
            ErrorDetail problem = check(elements.get(i), array.items(), path + "[" + i + "]", Set.of());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable ErrorDetail choice(JsonValue value, Choice choice, String path) {
        for (Shape shape : choice.shapes()) {
            if (fits(value, shape)) {
                return check(value, shape, path, Set.of());
            }
        }
        throw new IllegalStateException("No shape fits, although one did");
    }

    private static @Nullable ErrorDetail text(String value, Text text, String path) {
        if (!text.values().isEmpty() && !text.values().contains(value)) {
            return ServiceErrors.notSupported(path, value, text.values());
        }
        if (value.isEmpty() && text.minLength() > 0) {
            return ServiceErrors.emptyString(path);
        }
        if (value.length() > text.maxLength()) {
            return ServiceErrors.stringTooLong(path, text.maxLength(), value.length());
        }
        if (text.pattern() != null && !text.pattern().matcher(value).find()) {
            return ServiceErrors.patternMismatch(path, text.pattern().pattern());
        }
        return null;
    }

    private static @Nullable ErrorDetail number(BigDecimal value, Numeric numeric, String path) {
        String noun = numeric.whole() ? "integer" : "decimal";
        if (numeric.min() != null && value.compareTo(numeric.min()) < 0) {
            return ServiceErrors.belowMin(path, noun, numeric.min().toPlainString(), value.toPlainString());
        }
        if (numeric.max() != null && value.compareTo(numeric.max()) > 0) {
            return ServiceErrors.aboveMax(path, noun, numeric.max().toPlainString(), value.toPlainString());
        }
        return null;
    }

    private static @Nullable ErrorDetail pairs(JsonObject object, Pairs pairs, String path) {
        int size = object.members().size();
        if (size > pairs.maxPairs()) {
            return ServiceErrors.tooManyProperties(path, pairs.maxPairs(), size);
        }
        for (Map.Entry<String, JsonValue> pair : object.members().entrySet()) {
            String name = pair.getKey();
            if (name.length() > pairs.maxNameLength()) {
                return ServiceErrors.propertyNameTooLong(path, pairs.maxNameLength(), name.length());
            }
            if (!(pair.getValue() instanceof JsonString string)) {
                return ServiceErrors.wrongType(join(path, name), "a string", found(pair.getValue()));
            }
            int length = string.value().length();
            if (length > pairs.maxValueLength()) {
                return ServiceErrors.stringTooLong(join(path, name), pairs.maxValueLength(), length);
            }
        }
        return null;
    }

    private static boolean fits(JsonValue value, Shape shape) {
        if (shape instanceof Text || shape instanceof Audio) {
            return value instanceof JsonString;
        } else if (shape instanceof Numeric numeric) {
            return value instanceof JsonNumber number && (!numeric.whole() || isWhole(number.value()));
        } else if (shape instanceof Flag) {
            return value instanceof JsonBoolean;
        } else if (shape instanceof Array) {
            return value instanceof JsonArray;
        } else if (shape instanceof Choice choice) {
            return choice.shapes().stream().anyMatch(each -> fits(value, each));
        }
        return value instanceof JsonObject;
    }

    private static String expected(Shape shape) {
        if (shape instanceof Choice choice) {
            List<String> nouns = new ArrayList<>();
            for (Shape each : choice.shapes()) {
                String noun = expected(each);
                nouns.add(nouns.isEmpty() ? noun : noun.substring(noun.indexOf(' ') + 1));
            }
            return "one of " + String.join(" or ", nouns);
        } else if (shape instanceof Numeric numeric) {
            return numeric.whole() ? "an integer" : "a decimal";
        } else if (shape instanceof Array array) {
            return array.items() instanceof Text ? "an array of strings" : "an array of objects";
        } else if (shape instanceof Flag) {
            return "a boolean";
        }
        return shape instanceof Text || shape instanceof Audio ? "a string" : "an object";
    }

    /** The JSON type with its article. */
    static String found(JsonValue value) {
        if (value instanceof JsonString) {
            return "a string";
        } else if (value instanceof JsonNumber number) {
            return isWhole(number.value()) ? "an integer" : "a decimal";
        } else if (value instanceof JsonBoolean) {
            return "a boolean";
        } else if (value instanceof JsonArray) {
            return "an array";
        }
        return value instanceof JsonObject ? "an object" : "null";
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
