package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one call's arguments, in words that the model can read. */
final class Problems {
    private static final int MOST = 8;
    private static final int LONGEST_QUOTE = 16;
    private static final int LONGEST_NAME = 32;

    private final List<String> problems = new ArrayList<>();
    private int unsaid;

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<String> all() {
        List<String> all = new ArrayList<>(problems);
        if (unsaid > 0) {
            all.add("and " + unsaid + " more");
        }
        return all;
    }

    void add(String problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            unsaid++;
        }
    }

    void addAll(Problems others) {
        others.problems.forEach(this::add);
        unsaid += others.unsaid;
    }

    void mismatch(String expected, JsonValue found, String path) {
        add("expected " + expected + " but was " + found(found) + " at " + path);
    }

    void missing(String path) {
        add("missing property at " + path);
    }

    void unknown(String path, List<String> known) {
        add("unknown property at " + path + ", "
                + (known.isEmpty() ? "there is none" : "known are " + String.join(", ", known)));
    }

    private static String found(JsonValue json) {
        if (json instanceof JsonObject) {
            return "an object";
        } else if (json instanceof JsonArray) {
            return "an array";
        }
        String text = json.toString();
        if (text.length() <= LONGEST_QUOTE + 2) {
            return text;
        }
        return json instanceof JsonString ? "a string" : "a long number";
    }

    /** The path of a member, whose name may come from the model. */
    static String member(String path, String name) {
        boolean quotable = name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c > ' ' && c <= '~');
        return path + "." + (quotable ? name : "…");
    }
}
