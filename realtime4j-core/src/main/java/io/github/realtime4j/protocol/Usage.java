package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/** Tokens that one response is billed for. The input is the whole conversation each time, most of it cached. */
public record Usage(
        @Nullable Integer totalTokens,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens,
        @Nullable InputTokenDetails inputTokenDetails,
        @Nullable OutputTokenDetails outputTokenDetails) {

    /** Input by kind; {@code cachedTokens} are among the others. */
    public record InputTokenDetails(
            @Nullable Integer textTokens,
            @Nullable Integer audioTokens,
            @Nullable Integer imageTokens,
            @Nullable Integer cachedTokens,
            @Nullable CachedTokensDetails cachedTokensDetails) {}

    /** Cached input by kind. */
    public record CachedTokensDetails(
            @Nullable Integer textTokens,
            @Nullable Integer audioTokens,
            @Nullable Integer imageTokens) {}

    /** Output by kind: an audio answer bills its transcript too. */
    public record OutputTokenDetails(
            @Nullable Integer textTokens,
            @Nullable Integer audioTokens,
            @Nullable Integer reasoningTokens) {}
}
