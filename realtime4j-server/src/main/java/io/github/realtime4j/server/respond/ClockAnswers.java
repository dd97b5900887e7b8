package io.github.realtime4j.server.respond;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time and the date. */
final class ClockAnswers implements Answer.Rule {
    private static final Pattern TIME =
            Pattern.compile("(?i)\\b(what time|what's the time|what is the time|the current time|tell me the time)\\b");
    private static final Pattern DATE = Pattern.compile(
            "(?i)\\b(what(?:'s| is)? (?:the )?(?:date|day)|what day is|which day|today's date|what(?:'s| is) today)\\b");
    private static final Pattern YEAR = Pattern.compile("(?i)\\b(?:what|which) (year|month)\\b");

    private final Clock clock;

    ClockAnswers(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable Answer answer(Turn turn) {
        String words = turn.words();
        if (TIME.matcher(words).find()) {
            String time = now("h:mm a").toLowerCase(Locale.ROOT);
            return new Answer("It is " + time + ".", time + ".");
        } else if (DATE.matcher(words).find()) {
            boolean tomorrow = words.toLowerCase(Locale.ROOT).contains("tomorrow");
            ZonedDateTime day = ZonedDateTime.now(clock).plusDays(tomorrow ? 1 : 0);
            String date = format("EEEE, d MMMM yyyy", day);
            return new Answer((tomorrow ? "Tomorrow is " : "Today is ") + date + ".", date + ".");
        }
        var year = YEAR.matcher(words);
        if (year.find()) {
            String brief = now(year.group(1).equalsIgnoreCase("year") ? "yyyy" : "MMMM");
            return new Answer("It is " + brief + ".", brief + ".");
        }
        return null;
    }

    private String now(String pattern) {
        return format(pattern, ZonedDateTime.now(clock));
    }

    private static String format(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
