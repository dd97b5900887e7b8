package io.github.realtime4j.usage;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs. What is null has no price, and is reported as such when it is used.
 *
 * @param perMinute USD per minute of audio: translation, and transcription that is billed by time
 */
public record ModelPrices(
        @Nullable TokenPrices text,
        @Nullable TokenPrices audio,
        @Nullable TokenPrices image,
        @Nullable BigDecimal perMinute) {
    public ModelPrices {
        requireNotNegative(perMinute);
    }

    public static ModelPrices ofTokens(TokenPrices text, TokenPrices audio, @Nullable TokenPrices image) {
        return new ModelPrices(text, audio, image, null);
    }

    /** A decimal number of USD, such as {@code "0.017"}. */
    public static ModelPrices ofMinutes(String perMinute) {
        return new ModelPrices(null, null, null, new BigDecimal(perMinute));
    }

    static void requireNotNegative(@Nullable BigDecimal price) {
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException("Expected a price of zero or more but was " + price);
        }
    }
}
