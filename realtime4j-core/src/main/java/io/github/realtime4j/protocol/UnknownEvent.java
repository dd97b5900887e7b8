package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An event of a type that this library does not know, whole.
 *
 * @param type its wire name
 * @param json everything, {@code type} and {@code event_id} included
 */
public record UnknownEvent(String type, JsonObject json) implements ServerEvent, ClientEvent {
    @Override
    public @Nullable String eventId() {
        return json.string("event_id");
    }
}
