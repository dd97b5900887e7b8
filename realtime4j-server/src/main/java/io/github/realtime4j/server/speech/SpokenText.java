package io.github.realtime4j.server.speech;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into phrases, lazily: each is a run of words spoken in one breath. The words together are the text. */
final class SpokenText implements Iterator<List<SpokenText.Word>> {
    private static final int LONGEST_PHRASE = 25;
    private static final int LONG_PHRASE = 10;
    private static final int LONGEST_WORD = 24;
    private static final int MILLIS_PER_LETTER = 80;
    private static final int MILLIS_PER_IDEOGRAPH = 200;

    private static final Pattern WORD = Pattern.compile("\\s*\\S{1,200}\\s*\\z|\\s*\\S{1,200}|\\s+\\z");
    private static final Pattern SENTENCE_END =
            Pattern.compile(".*[.?!:;\u2026\u3002\uFF1F\uFF01]\\W*", Pattern.DOTALL);
    private static final Pattern CLAUSE_END = Pattern.compile(".*[,\u2013\u2014\u3001]\\W*", Pattern.DOTALL);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]+");
    private static final Pattern TOO_LONG = Pattern.compile("([A-Za-z0-9]{" + LONGEST_WORD + "})(?=[A-Za-z0-9])");
    private static final Set<String> ABBREVIATIONS =
            Set.of("mr.", "mrs.", "ms.", "dr.", "st.", "vs.", "e.g.", "i.e.", "prof.", "no.");
    private static final Map<String, String> SYMBOLS = Map.of(
            "&", "and", "%", "percent", "+", "plus", "=", "equals", "@", "at", "\u20AC", "euros", "\u00A3", "pounds");

    /**
     * @param text as it stands in the text, with the white space in front of it (and, at the very end, behind it)
     * @param spoken what an English voice can say, in ASCII; empty if there is nothing
     * @param pauseMillis the pause instead of a word that cannot be said
     */
    record Word(String text, String spoken, int pauseMillis) {
        static Word of(String text) {
            String spoken = spoken(text.strip());
            return new Word(text, spoken, spoken.isEmpty() ? pauseFor(text) : 0);
        }

        private static String spoken(String word) {
            String symbol = SYMBOLS.get(word);
            if (symbol != null) {
                return symbol;
            }
            String plain = Normalizer.normalize(word, Normalizer.Form.NFKD)
                    .replace('\u2019', '\'')
                    .replace('\u2018', '\'')
                    .replaceAll("[\u201C\u201D\u00AB\u00BB\u201E]", "\"")
                    .replaceAll("[\u2013\u2014\u2026]", ", ")
                    .replace("\u2044", "/")
                    .replace("\u00DF", "ss");
            plain = MARKS.matcher(plain).replaceAll("");
            plain = NOT_ASCII.matcher(plain).replaceAll(" ");
            plain = TOO_LONG.matcher(plain).replaceAll("$1 ").strip();
            return plain.chars().anyMatch(c -> Character.isLetterOrDigit(c)) ? plain : "";
        }

        private static int pauseFor(String word) {
            return word.codePoints()
                    .map(c -> Character.isIdeographic(c)
                            ? MILLIS_PER_IDEOGRAPH
                            : Character.isLetterOrDigit(c) ? MILLIS_PER_LETTER : 0)
                    .sum();
        }

        private boolean endsSentence() {
            return SENTENCE_END.matcher(text).matches()
                    && !ABBREVIATIONS.contains(text.strip().toLowerCase(Locale.ROOT));
        }

        private boolean endsClause() {
            return CLAUSE_END.matcher(text).matches();
        }
    }

    private final Matcher words;
    private boolean more;

    SpokenText(String text) {
        this.words = WORD.matcher(text);
        this.more = words.find();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public List<Word> next() {
        if (!more) {
            throw new NoSuchElementException();
        }
        List<Word> phrase = new ArrayList<>();
        Word word;
        do {
            word = Word.of(words.group());
            phrase.add(word);
            more = words.find();
        } while (more
                && phrase.size() < LONGEST_PHRASE
                && !word.endsSentence()
                && !(phrase.size() >= LONG_PHRASE && word.endsClause()));
        return phrase;
    }
}
