package io.github.realtime4j.server.respond;

import java.util.Locale;
import java.util.regex.Pattern;

/** The last resort: says back what the user spoke about. */
final class Reflection {
    private static final Pattern LEAD =
            Pattern.compile("(?i)^(?:(?:well|so|and|but|okay|ok|please|hello|hi there|hi|hey)[,!]?\\s+)*"
                    + "(?:(?:can|could|would|will) you (?:please )?)?"
                    + "(?:(?:tell|teach|show) (?:me|us) (?:something |more )?(?:about )?|explain (?:to me )?|describe "
                    + "|talk (?:to me )?about |what (?:do you know|can you tell me) about |i (?:want|would like) to know (?:about )?"
                    + "|(?:what|who|where|when)(?:'s| is| are| was| were) |what about |do you know )?");
    private static final Pattern QUESTION = Pattern.compile(
            "(?i)^(?:\\W*(?:please|so|and|well)\\W+)*(?:what|who|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|would|will|should|tell|explain|describe)\\b.*|.*\\?\\s*$");
    private static final Pattern STILL_A_QUESTION = Pattern.compile(
            "(?i)^(?:what|who|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|would|will|should)\\b");
    private static final int MAX_LENGTH = 80;

    private Reflection() {}

    static Answer answer(Turn turn) {
        if (turn.heard() != null) {
            return new Answer(
                    "I heard you speak for " + turn.heard() + ". I could not make out the words, but I am listening.",
                    "I heard you.");
        }
        if (turn.words().isEmpty()) {
            return turn.isFirst()
                    ? SmallTalk.greeting(turn)
                    : new Answer("Is there anything else I can help you with?", "Anything else?");
        }
        String topic = topic(turn.words());
        if (!QUESTION.matcher(turn.words()).matches()) {
            return new Answer("You said: " + topic + ". Tell me more about it.", "I see.");
        }
        String asked =
                STILL_A_QUESTION.matcher(topic).find() ? "You asked: " + topic + "?" : "You asked about " + topic + ".";
        return new Answer(asked + " I am only a local test voice, so I do not know.", "No idea, sorry.");
    }

    private static String topic(String words) {
        String topic = LEAD.matcher(words.strip()).replaceFirst("").replaceAll("[\\s.!?,;:]+$", "");
        if (topic.isBlank()) {
            topic = words.strip().replaceAll("[\\s.!?,;:]+$", "");
        }
        if (topic.length() > MAX_LENGTH) {
            topic = topic.substring(
                    0, topic.lastIndexOf(' ', MAX_LENGTH) > 0 ? topic.lastIndexOf(' ', MAX_LENGTH) : MAX_LENGTH);
        }
        return turned(topic);
    }

    /** From the listener's side: "my dog" becomes "your dog". */
    private static String turned(String text) {
        StringBuilder out = new StringBuilder();
        for (String word : text.split("\\s+")) {
            String other = switch (word.toLowerCase(Locale.ROOT)) {
                case "my" -> "your";
                case "mine" -> "yours";
                case "me", "i" -> "you";
                case "i'm" -> "you are";
                case "am" -> "are";
                case "your" -> "my";
                case "you" -> "me";
                default -> word;
            };
            out.append(out.isEmpty() ? "" : " ").append(other);
        }
        return out.toString();
    }
}
