package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The same JSON in other clothes: members in another order, characters as escapes, white space between tokens. */
final class Disguise {
    private static final String[] SPACES = {"", " ", "\n", "\t", "\r\n", "   "};

    private final Random random;
    private final boolean shuffle;
    private final boolean escape;
    private final boolean space;

    private Disguise(long seed, boolean shuffle, boolean escape, boolean space) {
        this.random = new Random(seed);
        this.shuffle = shuffle;
        this.escape = escape;
        this.space = space;
    }

    static String shuffled(JsonValue json, long seed) {
        return new Disguise(seed, true, false, false).write(json);
    }

    static String escaped(JsonValue json, long seed) {
        return new Disguise(seed, false, true, false).write(json);
    }

    static String spaced(JsonValue json, long seed) {
        return new Disguise(seed, false, false, true).write(json);
    }

    static String everything(JsonValue json, long seed) {
        return new Disguise(seed, true, true, true).write(json);
    }

    private String write(JsonValue json) {
        StringBuilder out = new StringBuilder();
        gap(out);
        write(json, out);
        gap(out);
        return out.toString();
    }

    private void write(JsonValue json, StringBuilder out) {
        if (json instanceof JsonObject object) {
            List<String> names = new ArrayList<>(object.members().keySet());
            if (shuffle) {
                Collections.shuffle(names, random);
            }
            out.append('{');
            for (int i = 0; i < names.size(); i++) {
                separate(i, out);
                string(names.get(i), out);
                gap(out);
                out.append(':');
                gap(out);
                write(object.members().get(names.get(i)), out);
            }
            gap(out);
            out.append('}');
        } else if (json instanceof JsonArray array) {
            out.append('[');
            for (int i = 0; i < array.elements().size(); i++) {
                separate(i, out);
                write(array.elements().get(i), out);
            }
            gap(out);
            out.append(']');
        } else if (json instanceof JsonString text) {
            string(text.value(), out);
        } else {
            out.append(json);
        }
    }

    private void separate(int index, StringBuilder out) {
        gap(out);
        if (index > 0) {
            out.append(',');
            gap(out);
        }
    }

    private void gap(StringBuilder out) {
        if (space) {
            out.append(SPACES[random.nextInt(SPACES.length)]);
        }
    }

    private void string(String text, StringBuilder out) {
        if (!escape) {
            out.append(JsonValue.of(text));
            return;
        }
        out.append('"');
        for (char c : text.toCharArray()) {
            if (c == '/') {
                out.append("\\/");
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || random.nextInt(3) == 0) {
                String hex = Integer.toHexString(0x10000 + c).substring(1);
                out.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
