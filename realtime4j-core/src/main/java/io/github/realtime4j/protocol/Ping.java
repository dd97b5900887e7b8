package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * {@code ping}: a sign of life that xAI sends as an event. Wants no answer.
 *
 * @param timestamp milliseconds since 1970
 */
public record Ping(@Nullable String eventId, @Nullable Long timestamp) implements ServerEvent {}
