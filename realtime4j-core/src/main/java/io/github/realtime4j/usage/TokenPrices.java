package io.github.realtime4j.usage;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of one kind cost, in USD per million.
 *
 * @param input what the model reads anew
 * @param cached what it has read before
 * @param output null where the model has no output of this kind
 */
public record TokenPrices(
        BigDecimal input, BigDecimal cached, @Nullable BigDecimal output) {
    public TokenPrices {
        ModelPrices.requireNotNegative(input);
        ModelPrices.requireNotNegative(cached);
        ModelPrices.requireNotNegative(output);
    }

    /** Decimal numbers, such as {@code "0.40"}. */
    public static TokenPrices of(String input, String cached, String output) {
        return new TokenPrices(new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output));
    }

    /** Of a kind that is only read, such as images. */
    public static TokenPrices of(String input, String cached) {
        return new TokenPrices(new BigDecimal(input), new BigDecimal(cached), null);
    }
}
