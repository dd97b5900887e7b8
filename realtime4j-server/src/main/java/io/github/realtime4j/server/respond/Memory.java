package io.github.realtime4j.server.respond;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the user has said: "my name is Ada", "what is my name", "what did I say". */
final class Memory {
    private static final Pattern STATEMENT =
            Pattern.compile("(?i)\\bmy ((?:[\\p{L}'-]+ ){0,3}?[\\p{L}'-]+) (?:is|are) ([^.!?,;]+)");
    private static final Pattern CALL_ME = Pattern.compile("(?i)\\b(?:call me|i am called) ([^.!?,;]+)");
    private static final Pattern QUESTION = Pattern.compile(
            "(?i)\\b(?:what(?:'s| is| are| was)|who(?:'s| is)|(?:do you )?(?:remember|know)) my ([\\p{L}' -]+?)(?: again)?\\s*(?:\\?|[.!]|$)");
    private static final Pattern SAID = Pattern.compile(
            "(?i)\\bwhat (?:did|have) i (?:just |first )?(?:say|said|ask|asked|tell|told)|\\bwhat was my (?:first |last )?(?:question|message|sentence)");

    private Memory() {}

    static @Nullable Answer answer(Turn turn) {
        String words = turn.words();
        if (SAID.matcher(words).find()) {
            return said(turn, words.toLowerCase(Locale.ROOT).contains("first"));
        }
        Matcher question = QUESTION.matcher(words);
        if (question.find()) {
            return recalled(turn, question.group(1).strip().toLowerCase(Locale.ROOT));
        }
        Matcher called = CALL_ME.matcher(words);
        if (called.find()) {
            return new Answer("Nice to meet you, " + called.group(1).strip() + ".");
        }
        Matcher statement = STATEMENT.matcher(words);
        if (!statement.find() || words.strip().endsWith("?")) {
            return null;
        }
        String what = statement.group(1).toLowerCase(Locale.ROOT);
        String value = statement.group(2).strip();
        return what.equals("name")
                ? new Answer("Nice to meet you, " + value + ".")
                : new Answer("All right, I will remember that your " + what + " is " + value + ".", "I will remember.");
    }

    private static Answer said(Turn turn, boolean first) {
        List<String> earlier = turn.earlier();
        if (earlier.isEmpty()) {
            return new Answer("You have not said anything before that.");
        }
        String said = earlier.get(first ? 0 : earlier.size() - 1);
        return new Answer((first ? "The first thing you said was: " : "You said: ") + Words.sentence(said), said);
    }

    private static Answer recalled(Turn turn, String what) {
        List<String> latestFirst = new ArrayList<>(turn.earlier());
        Collections.reverse(latestFirst);
        for (String said : latestFirst) {
            Matcher called = CALL_ME.matcher(said);
            if (what.equals("name") && called.find()) {
                return recalled(what, called.group(1).strip());
            }
            Matcher statement = STATEMENT.matcher(said);
            while (statement.find()) {
                if (statement.group(1).equalsIgnoreCase(what)) {
                    return recalled(what, statement.group(2).strip());
                }
            }
        }
        return new Answer("You have not told me your " + what + " yet.");
    }

    private static Answer recalled(String what, String value) {
        return new Answer("Your " + what + " is " + value + ".", value + ".");
    }
}
