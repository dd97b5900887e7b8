package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What happens when the conversation outgrows the model's context. */
public sealed interface Truncation {
    /** The oldest items are left out. */
    Truncation AUTO = new Named("auto");
    /** {@code conversation_too_long} instead of an answer. */
    Truncation DISABLED = new Named("disabled");

    /** One of the constants. */
    record Named(String value) implements Truncation {}

    /**
     * Leaves out more than needed at once, so that the prompt cache lasts longer.
     *
     * @param retentionRatio 0 to 1: how much of the limit is kept when it is reached
     */
    record RetentionRatio(double retentionRatio, @Nullable TokenLimits tokenLimits) implements Truncation {}

    /** A form that this library does not know. */
    record Unknown(JsonValue json) implements Truncation {}

    /** A limit below the model's own; counts everything but instructions and tools. */
    record TokenLimits(@Nullable Integer postInstructions) {}
}
