package io.github.realtime4j.server.respond;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ResponseConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * "Classify … answer with one of: a, b": one of the words and nothing else. A label wins by its own words in the
 * conversation, or by words of like or dislike; otherwise it is the most neutral one, or the first.
 */
final class Classification {
    private static final Pattern TASK = Pattern.compile(
            "(?i)\\b(classif\\w+|categori[sz]e|label|decide|choose|pick|is the (?:user|customer|caller)|one of)\\b");
    private static final Pattern CLASSES = Pattern.compile("(?i)\\b(classif\\w+|categori[sz]e)\\b");
    private static final Pattern LABELS = Pattern.compile(
            "(?is)\\b(?:one of(?: the following)?(?: words| labels| categories)?|either|choose (?:from|between)"
                    + "|categories|labels)\\s*:?\\s*([^.\\n?!]+)");
    private static final Map<String, Set<String>> SIGNS = Map.of(
            "positive", Words.stems("good great love happy excellent thanks wonderful nice perfect glad awesome"),
            "negative", Words.stems("bad terrible hate angry awful broken worst annoyed problem sad disappointed"),
            "yes", Words.stems("yes sure okay agree correct right"),
            "no", Words.stems("refuse never wrong disagree cancel"));
    private static final Set<String> NEUTRAL = Set.of("neutral", "other", "unknown", "none", "unclear", "general");

    private Classification() {}

    static @Nullable Answer answer(Turn turn) {
        for (String prompt : prompts(turn)) {
            Matcher matcher = LABELS.matcher(prompt);
            if (TASK.matcher(prompt).find() && matcher.find()) {
                List<String> labels = labels(matcher.group(1));
                if (labels.size() > 1) {
                    return new Answer(chosen(labels, conversation(turn, matcher.group())));
                }
            }
        }
        return null;
    }

    /** Session instructions count only if they speak of classes: "choose" and "either" occur in any of them. */
    private static List<String> prompts(Turn turn) {
        List<String> prompts = new ArrayList<>();
        prompts.add(turn.words());
        List<Item> items = turn.request().items();
        Item last = items.isEmpty() ? null : items.get(items.size() - 1);
        if (last instanceof Item.Message message && message.role().equals(Item.Role.SYSTEM)) {
            prompts.add(message.text());
        }
        boolean outOfBand =
                ResponseConfig.OUT_OF_BAND.equals(turn.request().config().conversation());
        String instructions = turn.instructions();
        if (outOfBand
                || turn.hasOwnInstructions()
                || CLASSES.matcher(instructions).find()) {
            prompts.add(instructions);
        }
        return prompts;
    }

    private static List<String> labels(String text) {
        List<String> labels = new ArrayList<>();
        for (String part : text.split("\\s*(?:,|;|\\||/|\\bor\\b|\\band\\b)\\s*")) {
            String label = part.replaceAll("[\"“”'`\\[\\]()]", "").strip();
            if (!label.isEmpty() && label.split("\\s+").length <= 3) {
                labels.add(label);
            }
        }
        return labels;
    }

    /** Everything the user said, the task itself without its list of labels included. */
    private static Set<String> conversation(Turn turn, String list) {
        String said = String.join(" ", turn.earlier()) + " " + turn.words();
        return Words.stems(said.replace(list, " "));
    }

    private static String chosen(List<String> labels, Set<String> said) {
        String best = labels.stream()
                .filter(label -> NEUTRAL.contains(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(labels.get(0));
        long most = 0;
        for (String label : labels) {
            Set<String> signs = SIGNS.getOrDefault(label.toLowerCase(Locale.ROOT), Set.of());
            long own = Words.stems(label).stream().filter(said::contains).count();
            long score = own * 2 + signs.stream().filter(said::contains).count();
            if (score > most) {
                most = score;
                best = label;
            }
        }
        return best;
    }
}
