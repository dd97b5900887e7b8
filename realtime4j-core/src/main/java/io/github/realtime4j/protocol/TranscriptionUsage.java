package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a transcription is billed for, beside the responses. */
public sealed interface TranscriptionUsage {

    /** By tokens. */
    record Tokens(
            int totalTokens, int inputTokens, @Nullable InputTokenDetails inputTokenDetails, int outputTokens)
            implements TranscriptionUsage {}

    /** By time, rounded up to seconds. */
    record Duration(double seconds) implements TranscriptionUsage {}

    /** In a way that this library does not know. */
    record Unknown(JsonValue json) implements TranscriptionUsage {}

    /** Input by kind. */
    record InputTokenDetails(
            @Nullable Integer textTokens, @Nullable Integer audioTokens) {}
}
