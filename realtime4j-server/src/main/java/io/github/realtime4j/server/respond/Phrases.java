package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stretches of the user's words that a string parameter of some name may mean. */
final class Phrases {
    private static final Set<String> PLACES = Set.of(
            ("city location place town country address destination origin from to where region state area station"
                            + " airport")
                    .split(" "));
    private static final Set<String> FREE_TEXT = Set.of(
            ("query question text message reason topic title prompt subject content body note description search task"
                            + " request summary sentence phrase input")
                    .split(" "));
    private static final String NOT_A_PLACE =
            "(?!(?i:the|a|an|my|your|me|you|it|him|her|us|them|this|that|today|tomorrow|tonight|now|celsius|fahrenheit)\\b)";
    private static final String PLACE = "((?:" + NOT_A_PLACE + "[\\p{L}][\\p{L}'’.-]*)(?: \\p{Lu}[\\p{L}'’-]*)*)";
    private static final Pattern CAPITALISED =
            Pattern.compile("(?<=[\\p{L}\\p{N},;:]\\s)(\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)*)");
    private static final Pattern QUOTED = Pattern.compile("[\"“]([^\"”]+)[\"”]");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern PHONE = Pattern.compile("\\+?\\d[\\d -]{5,}\\d");
    private static final Pattern URL = Pattern.compile("https?://\\S+");
    private static final Pattern CODE = Pattern.compile("\\b(?=[\\w-]*\\d)[\\p{L}\\d][\\p{L}\\d-]*\\b");
    private static final Pattern TIME =
            Pattern.compile("(?i)\\b(\\d{1,2})(?::(\\d{2}))?\\s*(am|pm|o'clock)\\b|\\b(\\d{1,2}):(\\d{2})\\b");
    private static final Pattern LEADING =
            Pattern.compile("^(?!(?i:what|who|where|how|tell|is|please)\\b)\\p{Lu}[\\p{L}'’-]+(?= \\p{L})");
    private static final List<Pattern> OPENINGS = List.of(
            Pattern.compile("(?i)\\b(?:saying|says|that says|titled|called|about)\\s+(.+)"),
            Pattern.compile("(?i)\\b(?:that|for|because|to)\\s+(.+)"));
    private static final Pattern NAME = Pattern.compile(
            "(?i)\\b(?:name is|i am|i'm|called|named|for|with|to)\\s+((?-i:\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)*))");

    private final String words;
    private final Clock clock;

    Phrases(String words, Clock clock) {
        this.words = words.strip().replaceAll("[?!.]+$", "");
        this.clock = clock;
    }

    static boolean isPlace(String name) {
        return Words.of(Words.fromName(name)).stream().anyMatch(PLACES::contains);
    }

    /** Null if nothing fits; when something has to be found, the likeliest stretch. */
    @Nullable
    String find(String name, JsonObject schema, boolean required) {
        List<String> parts = Words.of(Words.fromName(name));
        String format = String.valueOf(schema.string("format"));
        if (format.equals("email") || parts.contains("email")) {
            return first(EMAIL);
        } else if (format.equals("uri") || parts.contains("url")) {
            return first(URL);
        } else if (format.startsWith("date") || parts.contains("date") || parts.contains("day")) {
            return date(format);
        } else if (format.equals("time") || parts.contains("time")) {
            return time(format);
        } else if (parts.contains("phone")) {
            return first(PHONE);
        } else if (parts.stream().anyMatch(PLACES::contains)) {
            return place(parts, required);
        } else if (parts.stream().anyMatch(Set.of("id", "number", "code", "order", "reference")::contains)) {
            return first(CODE);
        } else if (parts.contains("name") || parts.contains("person") || parts.contains("recipient")) {
            String named = group(NAME);
            return named != null || !required ? named : otherwise();
        } else if (parts.stream().anyMatch(FREE_TEXT::contains)) {
            return required ? freeText() : null;
        }
        return required ? otherwise() : null;
    }

    /** "Porto, Lisbon and Faro": the names that stand beside each other. */
    List<String> several(String name) {
        Matcher list = Pattern.compile("(?:\\b(?i:in|at|for|from|to|of|and|between)\\s+|^)" + "((?:" + PLACE
                        + "\\s*(?:,\\s*and|,|\\band\\b|&)\\s+)+" + PLACE + ")")
                .matcher(words);
        List<String> names = new ArrayList<>();
        if (list.find()) {
            for (String each : list.group(1).split("\\s*(?:,\\s*and\\s+|,\\s*|\\s+and\\s+|\\s+&\\s+)\\s*")) {
                if (!each.isBlank() && Character.isUpperCase(each.codePointAt(0))) {
                    names.add(each.strip());
                }
            }
        }
        return names.size() > 1 ? names : List.of();
    }

    private @Nullable String place(List<String> parts, boolean required) {
        boolean to = parts.contains("to") || parts.contains("destination");
        boolean from = parts.contains("from") || parts.contains("origin");
        String preposition = to ? "to|for" : from ? "from" : "in|at|for|from|to|of|near|around";
        String capitalised = group(Pattern.compile("\\b(?i:" + preposition + ")\\s+((?=\\p{Lu})" + PLACE.substring(1)));
        String found = capitalised != null || to || from ? capitalised : first(CAPITALISED);
        if (found == null) {
            found = group(Pattern.compile("\\b(?i:" + preposition + ")\\s+" + PLACE));
        }
        if (found == null && !to && !from) {
            found = first(LEADING);
        }
        return found != null || !required ? found : otherwise();
    }

    private @Nullable String date(String format) {
        String lower = words.toLowerCase(Locale.ROOT);
        Matcher iso = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b").matcher(lower);
        LocalDate today = LocalDate.now(clock);
        LocalDate day = null;
        if (iso.find()) {
            return format.equals("date-time") ? iso.group() + "T00:00:00Z" : iso.group();
        } else if (lower.contains("tomorrow")) {
            day = today.plusDays(1);
        } else if (lower.matches(".*\\b(today|tonight|now)\\b.*")) {
            day = today;
        } else if (lower.contains("yesterday")) {
            day = today.minusDays(1);
        }
        for (DayOfWeek each : DayOfWeek.values()) {
            if (day == null && lower.contains(each.name().toLowerCase(Locale.ROOT))) {
                day = today.with(TemporalAdjusters.next(each));
            }
        }
        return day == null ? null : format.equals("date-time") ? day + "T00:00:00Z" : day.toString();
    }

    private @Nullable String time(String format) {
        Matcher matcher = TIME.matcher(words);
        if (!matcher.find()) {
            return null;
        }
        boolean plain = matcher.group(4) != null;
        int hour = Integer.parseInt(plain ? matcher.group(4) : matcher.group(1));
        String minute = plain ? matcher.group(5) : matcher.group(2);
        if ("pm".equalsIgnoreCase(matcher.group(3)) && hour < 12) {
            hour += 12;
        }
        String time = String.format(Locale.ROOT, "%02d:%s", hour, minute == null ? "00" : minute);
        return format.equals("time") ? time + ":00Z" : time;
    }

    private String freeText() {
        String quoted = group(QUOTED);
        String about = rest();
        return quoted != null ? quoted : about != null ? about : words;
    }

    private String otherwise() {
        String quoted = group(QUOTED);
        String capitalised = first(CAPITALISED);
        String about = rest();
        return quoted != null ? quoted : capitalised != null ? capitalised : about != null ? about : words;
    }

    /** What follows the word that opens it. */
    private @Nullable String rest() {
        String rest = group(OPENINGS.get(0));
        return rest != null ? rest : group(OPENINGS.get(1));
    }

    private @Nullable String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(words);
        return matcher.find() ? matcher.group() : null;
    }

    private @Nullable String group(Pattern pattern) {
        Matcher matcher = pattern.matcher(words);
        return matcher.find() ? matcher.group(1) : null;
    }
}
