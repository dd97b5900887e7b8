package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An error as the service words it.
 *
 * @param type {@code invalid_request_error}, {@code server_error}, {@code tokens}, …
 * @param code such as {@code unknown_parameter}; null where the type says it all
 * @param param path of the offending field
 * @param eventId the client event that caused it
 */
public record ErrorDetail(
        @Nullable String type,
        @Nullable ErrorCode code,
        @Nullable String message,
        @Nullable String param,
        @Nullable String eventId) {}
