package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What faults look at in a message.
 *
 * @param type empty if the message is no event
 */
record WireEvent(String type, @Nullable String eventId) {
    private static final WireEvent NONE = new WireEvent("", null);

    /** Leaves the slices as they are. */
    static WireEvent of(ByteBuffer... slices) {
        int length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        byte[] text = new byte[length];
        ByteBuffer joined = ByteBuffer.wrap(text);
        for (ByteBuffer slice : slices) {
            joined.put(slice.duplicate());
        }
        try {
            if (JsonValue.parse(text, 0, length) instanceof JsonObject event) {
                String type = event.string("type");
                return new WireEvent(type == null ? "" : type, event.string("event_id"));
            }
        } catch (MalformedJsonException e) {
            return NONE;
        }
        return NONE;
    }
}
