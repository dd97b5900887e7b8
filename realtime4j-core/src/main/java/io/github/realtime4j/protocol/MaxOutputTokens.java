package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;

/** The most that one response may produce, tool calls included. */
public sealed interface MaxOutputTokens {
    /** As many as the model can. */
    MaxOutputTokens INF = new Named("inf");

    static MaxOutputTokens of(int tokens) {
        return new Limit(tokens);
    }

    /** At most this many tokens. */
    record Limit(int value) implements MaxOutputTokens {}

    /** See {@link #INF}. */
    record Named(String value) implements MaxOutputTokens {}

    /** A form that this library does not know. */
    record Unknown(JsonValue json) implements MaxOutputTokens {}
}
