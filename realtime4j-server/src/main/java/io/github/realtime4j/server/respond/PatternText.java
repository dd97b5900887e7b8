package io.github.realtime4j.server.respond;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Text that matches a regular expression, for the expressions that schemas really have: literals, classes, groups,
 * alternatives, quantifiers. Looks around and back references are beyond it; then the text may not match.
 */
final class PatternText {
    private static final int REPEAT_AT_MOST = 64;
    private static final int MAX_LENGTH = 2_000;

    private final String pattern;
    private final int extra;
    private final int seed;
    private int at;

    private PatternText(String pattern, int extra, int seed) {
        this.pattern = pattern;
        this.extra = extra;
        this.seed = seed;
    }

    /** @param seed varies the text where the pattern leaves a choice */
    static String matching(String pattern, int minLength, int maxLength, int seed) {
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return "text".repeat(minLength / 4 + 1);
        }
        try {
            return best(compiled, minLength, maxLength, seed);
        } catch (IndexOutOfBoundsException | PatternSyntaxException e) {
            return "text";
        }
    }

    private static String best(Pattern compiled, int minLength, int maxLength, int seed) {
        String pattern = compiled.pattern();
        String best = "";
        for (int extra = 0; extra <= Math.min(Math.max(minLength, 1), REPEAT_AT_MOST); extra++) {
            for (String text : new String[] {
                new PatternText(pattern, extra, seed).alternatives(), new PatternText(pattern, extra, 0).alternatives()
            }) {
                boolean matches = compiled.matcher(text).find();
                if (matches && text.length() >= minLength && text.length() <= maxLength && !text.isEmpty()) {
                    return text;
                }
                best = matches ? text : best;
            }
        }
        return best;
    }

    /** Takes the alternative that the seed says; the others are read and thrown away. */
    private String alternatives() {
        List<String> options = new ArrayList<>();
        options.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            options.add(sequence());
        }
        return options.get(seed % options.size());
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            String one = atom();
            int end = at;
            int times = times();
            int after = at;
            text.append(times > 0 ? one : "");
            for (int i = 1; i < times && text.length() < MAX_LENGTH; i++) {
                at = start;
                text.append(atom());
                at = end;
            }
            at = after;
        }
        return text.toString();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> String.valueOf((char) ('a' + seed % 26));
            case '[' -> characterClass();
            case '(' -> group();
            case '\\' -> escaped(pattern.charAt(at++));
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean nothing = false;
        if (pattern.startsWith("?", at)) {
            nothing = pattern.startsWith("?=", at)
                    || pattern.startsWith("?!", at)
                    || pattern.startsWith("?<=", at)
                    || pattern.startsWith("?<!", at);
            at = pattern.startsWith("?<", at) && !nothing ? pattern.indexOf('>', at) + 1 : at + 2;
        }
        String inside = alternatives();
        at++;
        return nothing ? "" : inside;
    }

    private String escaped(char c) {
        return switch (c) {
            case 'd' -> String.valueOf((char) ('0' + (seed + 1) % 10));
            case 'w', 'S', 'D' -> String.valueOf((char) ('a' + seed % 26));
            case 's' -> " ";
            case 'W' -> "-";
            case 'b', 'B', 'A', 'z', 'Z' -> "";
            case 't' -> "\t";
            case 'n' -> "\n";
            case 'p', 'P' -> {
                at = pattern.indexOf('}', at) + 1;
                yield "a";
            }
            default -> String.valueOf(c);
        };
    }

    /** Tries the printable characters against the class itself. */
    private String characterClass() {
        int start = at - 1;
        if (pattern.startsWith("^", at)) {
            at++;
        }
        at++;
        while (pattern.charAt(at) != ']' || pattern.charAt(at - 1) == '\\') {
            at++;
        }
        at++;
        Pattern one = Pattern.compile(pattern.substring(start, at));
        String candidates = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ +.:,;/#@!?%&=*()$\"'";
        List<String> fitting = candidates
                .codePoints()
                .mapToObj(Character::toString)
                .filter(each -> one.matcher(each).matches())
                .toList();
        return fitting.isEmpty() ? "" : fitting.get(seed % fitting.size());
    }

    private int times() {
        if (at >= pattern.length()) {
            return 1;
        }
        int times = 1;
        char c = pattern.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            at++;
            times = (c == '+' ? 1 : 0) + (c == '?' ? Math.min(extra, 1) : extra);
        } else if (c == '{' && pattern.substring(at).matches("(?s)\\{\\d+(,\\d*)?}.*")) {
            int end = pattern.indexOf('}', at);
            String[] bounds = pattern.substring(at + 1, end).split(",", -1);
            at = end + 1;
            int min = Integer.parseInt(bounds[0]);
            boolean open = bounds.length > 1 && bounds[1].isEmpty();
            int max = bounds.length == 1 ? min : open ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
            times = (int) Math.min(max, (long) min + extra);
        }
        boolean lazy = isQuantifier(c) && (pattern.startsWith("?", at) || pattern.startsWith("+", at));
        at += lazy ? 1 : 0;
        return times;
    }

    private static boolean isQuantifier(char c) {
        return c == '*' || c == '+' || c == '?' || c == '{';
    }
}
