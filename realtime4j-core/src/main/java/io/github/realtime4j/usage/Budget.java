package io.github.realtime4j.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a session may use. A limit is reached when it is used up exactly; null is no limit.
 *
 * <pre>Budget.UNLIMITED.maxCost("1.00").maxDuration(Duration.ofMinutes(10))</pre>
 *
 * <p>A response is counted when it is done, so a session may use more than its limit by one response.
 *
 * @param maxCost in USD; what has no price does not count, see {@link SessionUsage#unpriced}
 * @param maxTokens of responses and transcriptions together
 */
public record Budget(
        @Nullable BigDecimal maxCost,
        @Nullable Long maxTokens,
        @Nullable Duration maxDuration,
        @Nullable Integer maxResponses) {
    public static final Budget UNLIMITED = new Budget(null, null, null, null);

    public Budget {
        requirePositive(maxCost == null || maxCost.signum() > 0, maxCost);
        requirePositive(maxTokens == null || maxTokens > 0, maxTokens);
        requirePositive(maxDuration == null || !(maxDuration.isNegative() || maxDuration.isZero()), maxDuration);
        requirePositive(maxResponses == null || maxResponses > 0, maxResponses);
    }

    /** What is used up. */
    public enum Kind {
        COST,
        TOKENS,
        DURATION,
        RESPONSES
    }

    /**
     * A limit that is reached.
     *
     * @param message such as {@code cost of $1.02 reached the limit of $1.00}
     */
    public record Limit(Kind kind, String message) {}

    /** A decimal number of USD, such as {@code "1.00"}. */
    public Budget maxCost(String usd) {
        return new Budget(new BigDecimal(usd), maxTokens, maxDuration, maxResponses);
    }

    public Budget maxTokens(long tokens) {
        return new Budget(maxCost, tokens, maxDuration, maxResponses);
    }

    public Budget maxDuration(Duration duration) {
        return new Budget(maxCost, maxTokens, duration, maxResponses);
    }

    public Budget maxResponses(int responses) {
        return new Budget(maxCost, maxTokens, maxDuration, responses);
    }

    /**
     * The first limit that is reached: cost, tokens, duration, responses in this order.
     *
     * @param elapsed since the session opened
     */
    public Optional<Limit> reached(SessionUsage usage, Duration elapsed) {
        BigDecimal cost = usage.cost();
        long tokens = usage.totalTokens();
        int responses = usage.responseCount();
        if (maxCost != null && cost.compareTo(maxCost) >= 0) {
            return limit(Kind.COST, "cost of " + dollars(cost, maxCost.scale()), dollars(maxCost, maxCost.scale()));
        } else if (maxTokens != null && tokens >= maxTokens) {
            return limit(Kind.TOKENS, tokens + " tokens", maxTokens.toString());
        } else if (maxDuration != null && elapsed.compareTo(maxDuration) >= 0) {
            return limit(Kind.DURATION, "duration of " + time(elapsed), time(maxDuration));
        } else if (maxResponses != null && responses >= maxResponses) {
            return limit(
                    Kind.RESPONSES, responses + (responses == 1 ? " response" : " responses"), maxResponses.toString());
        }
        return Optional.empty();
    }

    private static Optional<Limit> limit(Kind kind, String used, String limit) {
        return Optional.of(new Limit(kind, used + " reached the limit of " + limit));
    }

    private static String dollars(BigDecimal usd, int decimals) {
        return "$" + usd.setScale(Math.max(2, decimals), RoundingMode.DOWN).toPlainString();
    }

    private static String time(Duration duration) {
        StringBuilder text = new StringBuilder();
        add(text, duration.toHours(), "h");
        add(text, duration.toMinutesPart(), "min");
        add(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? duration.toMillis() + " ms" : text.substring(1);
    }

    private static void add(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(' ').append(amount).append(' ').append(unit);
        }
    }

    private static void requirePositive(boolean positive, @Nullable Object limit) {
        if (!positive) {
            throw new IllegalArgumentException("Expected a limit above zero but was " + limit);
        }
    }
}
