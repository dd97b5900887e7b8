package io.github.realtime4j.server.respond;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Things said on request: repeating, counting, spelling, stories and jokes. */
final class Recital {
    private static final int MAX_COUNT = 200;
    private static final Pattern REPEAT = Pattern.compile(
            "(?is)\\b(?:repeat after me|repeat(?: the following| this| these words|(?=\\s*:))|say after me"
                    + "|say exactly|say the (?:words?|sentence|phrase))\\s*[:,]?\\s*(.+)");
    private static final Pattern AGAIN =
            Pattern.compile("(?i)\\b(?:repeat that|say (?:that|it) again|what did you (?:just )?say|pardon)\\b");
    private static final Pattern SAY =
            Pattern.compile("(?is)^\\W*(?:please |now |can you |could you )*say\\s*[:,]?\\s*(.+)");
    private static final Pattern COUNT = Pattern.compile(
            "(?i)\\bcount(?:ing)?\\b(?:\\s+(?:down|backwards?|up))?(?:\\s+from\\s+(\\w+))?(?:\\s+(?:up |down )?to\\s+(\\w+))?");
    private static final Pattern SPELL = Pattern.compile(
            "(?i)\\bspell(?:ed)?\\s+(?:out\\s+)?(?:the word\\s+|the name\\s+)?[\"“']?([\\p{L}\\p{N}'-]+)");
    private static final List<String> STORIES = List.of(
            "Once upon a time there was a lighthouse keeper who lived alone on a small grey rock. Every evening he lit"
                    + " the lamp and counted the ships that passed. One night a fog came down, so thick that the light"
                    + " could not get through it. So he took his old trumpet, climbed to the top of the tower and"
                    + " played until the morning. When the sun came up, seven ships lay safe in the harbour, and all of"
                    + " their bells rang for him. From that day on he was never alone again.",
            "A fox once found a clock in the forest. It ticked so softly that he thought it was asleep. He carried it"
                    + " home, covered it with leaves and told his children to be quiet. In the morning the clock rang,"
                    + " and the whole family jumped into the river. Since then foxes get up before anybody else, just"
                    + " to be on the safe side.",
            "In a village by the sea lived a baker who gave every loaf a name. The children laughed, but they never"
                    + " forgot to ask which loaf they were eating. One winter the road was snowed in and flour became"
                    + " rare. Then the baker called the names of all the people instead, and everybody got exactly one"
                    + " loaf. Nobody went hungry until spring.");
    private static final List<String> JOKES = List.of(
            "Why did the sound wave go to school? It wanted to get a higher pitch. Its teacher said that it was only"
                    + " a phase.",
            "A byte walks into a bar and orders a drink. The barman asks what is wrong. Parity error, says the byte. The"
                    + " barman nods and says: I thought you looked a bit off.",
            "How many programmers does it take to change a light bulb? None. That is a hardware problem.");

    private Recital() {}

    static @Nullable Answer answer(Turn turn) {
        String words = turn.words();
        Matcher repeat = REPEAT.matcher(words);
        if (repeat.find()) {
            return new Answer(quoted(repeat.group(1)));
        }
        if (AGAIN.matcher(words).find() && !turn.lastAnswer().isEmpty()) {
            return new Answer(turn.lastAnswer());
        }
        Answer counted = count(words);
        if (counted != null) {
            return counted;
        }
        Matcher spell = SPELL.matcher(words);
        if (spell.find()) {
            return new Answer(spelled(spell.group(1)));
        }
        return told(turn);
    }

    /** "Say …": what nobody else understands is said as it is. */
    static @Nullable Answer say(Turn turn) {
        Matcher say = SAY.matcher(turn.words());
        return say.find() ? new Answer(Words.sentence(quoted(say.group(1)))) : null;
    }

    private static @Nullable Answer told(Turn turn) {
        String words = turn.words().toLowerCase(Locale.ROOT);
        for (List<String> kind : List.of(STORIES, JOKES)) {
            String noun = kind == STORIES ? "story" : "joke";
            if (words.matches("(?s).*\\b" + noun + "\\b.*")) {
                long told = turn.earlier().stream()
                        .filter(each -> each.toLowerCase(Locale.ROOT).contains(noun))
                        .count();
                return new Answer(kind.get((int) (told % kind.size())));
            }
        }
        return null;
    }

    private static @Nullable Answer count(String words) {
        Matcher count = COUNT.matcher(words);
        if (!count.find() || (count.group(1) == null && count.group(2) == null)) {
            return null;
        }
        boolean down = count.group().matches("(?i).*\\b(down|backwards?)\\b.*");
        Integer from = number(count.group(1), down ? 10 : 1);
        Integer to = number(count.group(2), down ? 1 : 10);
        if (from == null || to == null || Math.abs((long) to - from) > MAX_COUNT) {
            return new Answer("I can count up to " + MAX_COUNT + " numbers at a time.");
        }
        int step = from <= to ? 1 : -1;
        String numbers = IntStream.rangeClosed(0, Math.abs(to - from))
                .mapToObj(each -> String.valueOf(from + each * step))
                .collect(Collectors.joining(", "));
        return new Answer(numbers + ".");
    }

    private static @Nullable Integer number(@Nullable String word, int otherwise) {
        if (word == null) {
            return otherwise;
        }
        String digits = NumberWords.toDigits(word);
        return digits.matches("\\d{1,6}") ? Integer.valueOf(digits) : null;
    }

    private static String spelled(String word) {
        return word.codePoints()
                        .filter(Character::isLetterOrDigit)
                        .mapToObj(each -> Character.toString(Character.toUpperCase(each)))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String quoted(String text) {
        Matcher quotes = Pattern.compile("(?s)^[\"“](.+?)[\"”]").matcher(text.strip());
        return quotes.find() ? quotes.group(1) : text.strip().replaceAll("^'(.+)'[.!?]?$", "$1");
    }
}
