package io.github.realtime4j.server.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text as a model's tokens do, roughly: a word with the space before it, a few digits, punctuation. */
final class TextPieces {
    /** No piece is longer than the padding that hides its length. */
    private static final Pattern PIECE = Pattern.compile(
            "[ \\t]?\\p{L}[\\p{L}\\p{M}]{0,11}|\\p{N}{1,3}|[ \\t]?[^\\s\\p{L}\\p{N}]{1,4}|\\s{1,8}|.", Pattern.DOTALL);

    private TextPieces() {}

    /** The pieces together are the text. */
    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }
}
