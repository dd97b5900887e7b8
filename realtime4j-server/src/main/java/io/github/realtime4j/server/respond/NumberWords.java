package io.github.realtime4j.server.respond;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** "two hundred and twelve" in digits. */
final class NumberWords {
    private static final List<String> SMALL = List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                            + " seventeen eighteen nineteen")
                    .split(" "));
    private static final List<String> TENS =
            List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
    private static final Map<String, Long> SCALES = Map.of("thousand", 1_000L, "million", 1_000_000L);
    private static final Pattern HYPHEN = Pattern.compile("(?<=ty)-(?=\\p{L})");

    private NumberWords() {}

    /** The text in lower case with every number that is written in words in digits. */
    static String toDigits(String text) {
        List<String> out = new ArrayList<>();
        String plain = HYPHEN.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
        List<String> words = List.of(plain.strip().split("\\s+"));
        int at = 0;
        while (at < words.size()) {
            Reading reading = new Reading();
            int end = reading.read(words, at);
            if (end > at) {
                out.add(reading.value() + reading.mark);
                at = end;
            } else {
                out.add(words.get(at++));
            }
        }
        return String.join(" ", out);
    }

    /** Takes as many words as make one number. */
    private static final class Reading {
        private long total;
        private long part;
        private String mark = "";

        long value() {
            return total + part;
        }

        int read(List<String> words, int start) {
            int at = start;
            while (at < words.size() && mark.isEmpty()) {
                String word = words.get(at).replaceAll("[^\\p{L}]+$", "");
                boolean and = word.equals("and") && at > start && part >= 100 && part % 100 == 0;
                boolean next = and && at + 1 < words.size() && isNumber(words.get(at + 1));
                if (!next && !take(word, at > start)) {
                    break;
                }
                mark = words.get(at).substring(word.length());
                at++;
            }
            return at;
        }

        private boolean take(String word, boolean goesOn) {
            int small = SMALL.indexOf(word);
            int tens = TENS.indexOf(word);
            if (small >= 0 && (!goesOn || (small > 0 && free(small < 10 ? 10 : 100)))) {
                part += small;
            } else if (tens >= 0 && (!goesOn || free(100))) {
                part += (tens + 2) * 10L;
            } else if (word.equals("hundred") && goesOn && part > 0 && part < 10) {
                part *= 100;
            } else if (SCALES.containsKey(word) && goesOn && part > 0) {
                total += part * SCALES.get(word);
                part = 0;
            } else {
                return false;
            }
            return true;
        }

        /** Whether the last digits are still to be said. */
        private boolean free(long below) {
            return part % below == 0 && (part > 0 || total > 0);
        }

        private static boolean isNumber(String word) {
            String bare = word.replaceAll("[^\\p{L}]+$", "");
            return SMALL.contains(bare) || TENS.contains(bare);
        }
    }
}
