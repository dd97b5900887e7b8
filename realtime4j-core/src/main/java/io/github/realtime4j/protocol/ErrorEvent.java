package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * {@code error}: something was refused or went wrong. The session goes on, unless the server closes the connection right
 * after. {@link ErrorDetail#eventId} names the client event it is about, when the server knows.
 */
public record ErrorEvent(@Nullable String eventId, ErrorDetail error) implements ServerEvent {}
