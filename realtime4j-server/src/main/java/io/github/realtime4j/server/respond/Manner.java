package io.github.realtime4j.server.respond;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How instructions want things said: word for word, in so many words, in one sentence. */
final class Manner {
    private static final String QUOTED_OR_REST = "(?:\"([^\"]+)\"|“([^”]+)”|'([^'\\n]+)'(?=\\W|$)|([^\\n]+))";
    private static final List<Pattern> LITERALS = List.of(
            Pattern.compile(
                    "(?is)\\b(?:say|reply|answer|respond)(?: with)?(?: only| just| exactly)?(?: the| one| a)?(?: single| one)?"
                            + " (?:word|phrase|sentence)\\b\\s*:?\\s*" + QUOTED_OR_REST),
            Pattern.compile(
                    "(?is)\\b(?:(?:say|reply|answer|respond)(?: with)? exactly(?: this| the following)?(?:, word for word[^:\\n]*)?"
                            + "|always (?:say|reply|answer|respond) with|always (?:say|reply|answer|respond)(?=\\s*:|\\s+[\"“']))(?:\\s*:\\s*|\\s+)"
                            + QUOTED_OR_REST));
    private static final Pattern DESCRIPTION = Pattern.compile(
            "(?i)^(?:in|as|a|an|one|two|three|four|five|only|at|briefly|politely|short|your|the|to|when|if|using|by|like"
                    + "|no more|what|how|and|that|of|or)\\b.*|^\\W*$");
    private static final Pattern CONDITION =
            Pattern.compile("(?is)(?:^|[.!?\\n])[^.!?\\n]*\\b(?:if|when|unless)\\b[^.!?\\n]*$");
    private static final Pattern WORD_LIMIT = Pattern.compile(
            "(?i)\\b(?:in|with|using|of|than|to|under|below|most)\\s+(?:(?:at most|only|just|about|exactly|maximum)\\s+)?"
                    + "(?:(?:\\w+)(?:\\s+or\\s+|-|\\s+to\\s+))?(a few|a single|\\w+)\\s+words?\\b");
    private static final Pattern ONE_SENTENCE =
            Pattern.compile("(?i)\\b(?:one|a|a single|1)\\s+(?:\\w+\\s+)?sentence\\b");
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a few", 4),
            Map.entry("a single", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10));

    private final String instructions;

    Manner(String instructions) {
        this.instructions = instructions;
    }

    /** What to say whatever is asked; null if instructions do not say. */
    @Nullable
    String literal() {
        for (Pattern pattern : LITERALS) {
            Matcher matcher = pattern.matcher(instructions);
            while (matcher.find()) {
                String before = instructions.substring(0, matcher.start());
                String literal = CONDITION.matcher(before).find() ? null : literal(matcher);
                if (literal != null) {
                    return literal;
                }
            }
        }
        return null;
    }

    private static @Nullable String literal(Matcher matcher) {
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group).strip();
            }
        }
        String rest = matcher.group(4).strip().replaceAll("(?i),? and nothing (?:else|more)\\W*$", "");
        boolean announced =
                matcher.group().substring(0, matcher.start(4) - matcher.start()).contains(":");
        return announced || !DESCRIPTION.matcher(rest).matches() ? rest : null;
    }

    String apply(Answer answer) {
        Integer words = wordLimit();
        if (words != null) {
            return fewWords(answer.brief(), words);
        }
        return ONE_SENTENCE.matcher(instructions).find() ? firstSentence(answer.full()) : answer.full();
    }

    private @Nullable Integer wordLimit() {
        Matcher matcher = WORD_LIMIT.matcher(instructions);
        while (matcher.find()) {
            String number = matcher.group(1).toLowerCase(Locale.ROOT);
            if (number.matches("\\d{1,4}")) {
                return Integer.valueOf(number);
            }
            if (NUMBERS.containsKey(number)) {
                return NUMBERS.get(number);
            }
        }
        return null;
    }

    private static String fewWords(String text, int limit) {
        String sentence = firstSentence(text);
        List<String> words = List.of(sentence.strip().split("\\s+"));
        if (words.size() <= limit) {
            return sentence;
        }
        String cut = String.join(" ", words.subList(0, Math.max(1, limit)));
        return Words.sentence(cut.replaceAll("[,;:–-]+$", ""));
    }

    private static String firstSentence(String text) {
        Matcher matcher = Pattern.compile("(?s)^.*?[.!?](?=\\s|$)").matcher(text.strip());
        return matcher.find() ? matcher.group() : text.strip();
    }
}
