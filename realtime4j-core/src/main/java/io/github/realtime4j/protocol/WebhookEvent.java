package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue.JsonObject;

/** What a webhook of the service tells: its body. */
public sealed interface WebhookEvent permits Call.Incoming, WebhookEvent.Unknown {
    /** {@code evt_…}. */
    String id();

    /** The wire name. */
    String type();

    /** Seconds since 1970. */
    long createdAt();

    /** An event that has nothing to do with Realtime calls, or is younger than this library. */
    record Unknown(String id, String type, long createdAt, JsonObject json) implements WebhookEvent {}
}
