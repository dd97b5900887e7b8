package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Why a response ended other than by being complete. */
public sealed interface StatusDetails {

    /** Nothing to add. */
    record Completed(@Nullable String reason) implements StatusDetails {}

    /** Stopped: {@code turn_detected} (the user spoke) or {@code client_cancelled}. */
    record Cancelled(@Nullable String reason) implements StatusDetails {}

    /** Cut short: {@code max_output_tokens} or {@code content_filter}. */
    record Incomplete(@Nullable String reason) implements StatusDetails {}

    /** Went wrong: rate limits, quota, or the service. */
    record Failed(@Nullable ErrorDetail error) implements StatusDetails {}

    /** Details that this library does not know. */
    record Unknown(JsonValue json) implements StatusDetails {}
}
