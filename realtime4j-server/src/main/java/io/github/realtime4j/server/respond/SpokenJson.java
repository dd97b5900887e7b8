package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tool's output as a sentence: {@code {"temperature":12,"condition":"foggy"}} is "The temperature is 12 and …". */
final class SpokenJson {
    private static final int MAX_PARTS = 8;

    private SpokenJson() {}

    static String sentence(String output) {
        if (output.isBlank()) {
            return "That is done.";
        }
        try {
            return sentence(JsonValue.parse(output));
        } catch (MalformedJsonException e) {
            return Words.sentence(output);
        }
    }

    /** "Porto: " for a call whose first text argument is that; empty if there is none. */
    static String subject(String arguments) {
        try {
            return JsonObject.parse(arguments).members().values().stream()
                    .filter(JsonString.class::isInstance)
                    .map(each -> ((JsonString) each).value() + ": ")
                    .findFirst()
                    .orElse("");
        } catch (MalformedJsonException e) {
            return "";
        }
    }

    private static String sentence(JsonValue value) {
        if (value instanceof JsonObject object) {
            if (object.isEmpty()) {
                return "That is done.";
            }
            JsonValue error = object.get("error");
            if (error != null && error != JsonNull.NULL) {
                return Words.sentence("That did not work: " + phrase(error));
            }
            return Words.sentence(Words.listed(facts(object)));
        } else if (value instanceof JsonArray array) {
            return array.elements().isEmpty()
                    ? "There is nothing."
                    : Words.sentence("There " + (array.elements().size() == 1 ? "is " : "are ") + phrase(array));
        } else if (value == JsonNull.NULL) {
            return "There is no answer.";
        } else if (value instanceof JsonBoolean bool) {
            return bool.value() ? "Yes." : "No.";
        }
        return Words.sentence(phrase(value));
    }

    /** "the temperature is 12", one for each member. */
    private static List<String> facts(JsonObject object) {
        List<String> facts = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (facts.size() == MAX_PARTS) {
                break;
            }
            String name = Words.fromName(member.getKey());
            String verb = member.getValue() instanceof JsonArray && name.endsWith("s") ? " are " : " is ";
            facts.add("the " + name + verb + phrase(member.getValue()));
        }
        return facts;
    }

    private static String phrase(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value().strip();
        } else if (value instanceof JsonBoolean bool) {
            return bool.value() ? "yes" : "no";
        } else if (value == JsonNull.NULL) {
            return "unknown";
        } else if (value instanceof JsonArray array) {
            List<String> parts = array.elements().stream()
                    .limit(MAX_PARTS)
                    .map(SpokenJson::phrase)
                    .toList();
            return parts.isEmpty() ? "none" : Words.listed(parts);
        } else if (value instanceof JsonObject object) {
            List<String> parts = new ArrayList<>();
            object.forEach((name, member) -> parts.add(Words.fromName(name) + " " + phrase(member)));
            return String.join(", ", parts);
        }
        return value.toString();
    }
}
