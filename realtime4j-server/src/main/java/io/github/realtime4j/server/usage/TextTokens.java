package io.github.realtime4j.server.usage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An approximation of the service's tokenizer, without its 200,000-entry table. The text is cut as that tokenizer cuts
 * it before it looks words up (a word with the blank before it, up to three digits, a run of punctuation, white space);
 * then a Latin word counts one token per eight letters or part of them, a word of other letters one per three, an
 * ideograph one. Short English sentences come out exact, long ones within about a tenth.
 */
final class TextTokens {
    private static final Pattern PIECE =
            Pattern.compile("[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s+(?!\\S)|\\s+");
    private static final int LATIN_LETTERS_PER_TOKEN = 8;
    private static final int OTHER_LETTERS_PER_TOKEN = 3;

    private TextTokens() {}

    static int count(String text) {
        int tokens = 0;
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            tokens += cost(piece.group());
        }
        return tokens;
    }

    private static int cost(String piece) {
        int latin = 0;
        int other = 0;
        int ideographs = 0;
        for (int i = 0; i < piece.length(); i += Character.charCount(piece.codePointAt(i))) {
            int letter = piece.codePointAt(i);
            if (Character.isIdeographic(letter)) {
                ideographs++;
            } else if (Character.isLetter(letter) && letter < 0x250) {
                latin++;
            } else if (Character.isLetter(letter)) {
                other++;
            }
        }
        int letters = parts(latin, LATIN_LETTERS_PER_TOKEN) + parts(other, OTHER_LETTERS_PER_TOKEN) + ideographs;
        return letters > 0 ? letters : parts(piece.length(), 4);
    }

    private static int parts(int length, int size) {
        return (length + size - 1) / size;
    }
}
