package io.github.realtime4j.server.respond;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Greetings, thanks and questions about the speaker. */
final class SmallTalk {
    private static final Answer HELLO = new Answer("Hello there! How can I help you today?", "Hello there!");
    private static final Answer SPANISH = new Answer("¡Hola! ¿En qué puedo ayudarte?", "¡Hola!");
    private static final Answer FRENCH = new Answer("Bonjour ! Comment puis-je vous aider ?", "Bonjour !");
    private static final Answer GERMAN = new Answer("Hallo! Wie kann ich Ihnen helfen?", "Hallo!");

    private static final Map<Pattern, Answer> FOREIGN = Map.of(
            words("^\\W*(hola|buen[oa]s (días|dias|tardes|noches))\\b"), SPANISH,
            words("^\\W*(bonjour|bonsoir|salut)\\b"), FRENCH,
            words("^\\W*(hallo|guten (tag|morgen|abend)|grüß gott|servus|moin)\\b"), GERMAN);
    private static final Map<Pattern, Answer> LANGUAGES = Map.of(
            words("\\b(in|speak|use) (only )?spanish\\b"), SPANISH,
            words("\\b(in|speak|use) (only )?french\\b"), FRENCH,
            words("\\b(in|speak|use) (only )?german\\b"), GERMAN);
    private static final Pattern GREETING =
            words("^\\W*(hello|hi|hey|good (morning|afternoon|evening)|greetings|howdy|hiya)\\b[^?]*$"
                    + "|\\b(greet|welcome) (me|the (user|caller|customer))\\b"
                    + "|\\bsay (a |your )?(short |brief |friendly |quick )?(greeting|hello|hi)\\b");
    private static final List<Entry> ENTRIES = List.of(
            new Entry("^\\W*(yes|yeah|yep|no|nope|ok|okay|sure|right|fine|stop|wait)\\W*$", new Answer("All right.")),
            new Entry(
                    "\\b(can|could) you help\\b|\\bi need (your )?help\\b",
                    new Answer("Of course. What do you need?", "Of course.")),
            new Entry(
                    "\\bhow are you\\b|\\bhow do you do\\b|\\bhow is it going\\b",
                    new Answer("I am very well, thank you. How are you?", "Very well, thanks.")),
            new Entry(
                    "\\bwho are you\\b|\\bwhat are you\\b|\\bwhat is your name\\b|\\bwhat's your name\\b|\\bwhat can you do\\b|\\bintroduce yourself\\b",
                    new Answer(
                            "I am the voice of a local test server. I can do sums, tell the time, count, spell, tell a"
                                    + " story and call your functions.",
                            "A test server.")),
            new Entry(
                    "\\bthank(s| you)\\b", new Answer("You are welcome. Is there anything else?", "You are welcome.")),
            new Entry(
                    "\\b(goodbye|good bye|bye|see you|good night)\\b",
                    new Answer("Goodbye! It was nice talking to you.", "Goodbye!")),
            new Entry(
                    "\\b(can|do) you hear me\\b|^\\W*(test|testing)\\b|\\bare you there\\b",
                    new Answer("Yes, I can hear you.")));

    private SmallTalk() {}

    static @Nullable Answer answer(Turn turn) {
        String words = turn.words();
        for (Map.Entry<Pattern, Answer> each : FOREIGN.entrySet()) {
            if (each.getKey().matcher(words).find()) {
                return each.getValue();
            }
        }
        for (Entry entry : ENTRIES) {
            if (entry.pattern().matcher(words).find()) {
                return entry.answer();
            }
        }
        return GREETING.matcher(words).find() && !isQuestion(words) ? greeting(turn) : null;
    }

    /** In the language that the instructions ask for, if it is one of three. */
    static Answer greeting(Turn turn) {
        for (Map.Entry<Pattern, Answer> each : LANGUAGES.entrySet()) {
            boolean asked = each.getKey().matcher(turn.words()).find();
            if (asked || each.getKey().matcher(turn.instructions()).find()) {
                return each.getValue();
            }
        }
        return HELLO;
    }

    private static boolean isQuestion(String words) {
        String rest = words.toLowerCase(Locale.ROOT);
        return rest.matches("(?s).*\\b(my name is|what|when|where|who|tell|count|spell|repeat)\\b.*");
    }

    private static Pattern words(String regex) {
        return Pattern.compile(
                regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    private record Entry(Pattern pattern, Answer answer) {
        Entry(String regex, Answer answer) {
            this(words(regex), answer);
        }
    }
}
