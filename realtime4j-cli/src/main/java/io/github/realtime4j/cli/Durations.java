package io.github.realtime4j.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Times as one types them: {@code 30}, {@code 2.5}, {@code 30s}, {@code 2m}, {@code 500ms}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(ms|s|m|h)?");

    private Durations() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "expected seconds, or a time like 30s, 2m or 500ms, but was '" + text + "'");
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        long millis = switch (unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
        Duration duration = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millis))
                .longValue());
        if (duration.isZero()) {
            throw new TypeConversionException("expected a time above zero but was '" + text + "'");
        }
        return duration;
    }

    /** As one reads what was typed: {@code 60 s}, {@code 0.2 s}. */
    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** As one reads what was measured: {@code 3.2 s}. */
    static String seconds(long millis) {
        return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
