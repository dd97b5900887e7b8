package io.github.realtime4j.server.replay;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts into recorded events what this client has chosen: its ids and its metadata. Confined to one connection. */
final class Rewriting {
    /** A tenth of a second of PCM, where a recording has no sound. */
    private static final String SILENCE = Base64.getEncoder().encodeToString(new byte[4_800]);

    private static final Set<String> IDS = Set.of("id", "event_id", "call_id");

    /** Recorded to actual. */
    private final Map<String, JsonValue> ids = new HashMap<>();

    /** Of responses that this client has asked for. */
    private final Map<String, JsonValue> metadata = new HashMap<>();

    /** A client event has come where another was recorded. */
    void heard(JsonObject recorded, JsonObject actual) {
        String eventId = recorded.string("event_id");
        if (eventId != null && !actual.has("event_id")) {
            ids.put(eventId, JsonNull.NULL);
        }
        pair(recorded, actual);
    }

    private void pair(JsonObject recorded, JsonObject actual) {
        recorded.forEach((name, value) -> {
            JsonValue given = actual.get(name);
            if (value instanceof JsonObject inner && given instanceof JsonObject actualInner) {
                pair(inner, actualInner);
            } else if (IDS.contains(name) && value instanceof JsonString id && given instanceof JsonString) {
                ids.put(id.value(), given);
            }
        });
    }

    /**
     * A recorded event acknowledges what the client has sent.
     *
     * @param request as this client sent it
     */
    void answering(JsonObject event, JsonObject request) {
        JsonObject response = event.object("response");
        String responseId = response == null ? null : response.string("id");
        if (responseId != null) {
            JsonObject asked = request.object("response");
            JsonValue given = asked == null ? null : asked.get("metadata");
            metadata.put(responseId, given == null ? JsonNull.NULL : given);
        }
        JsonObject item = event.object("item");
        JsonObject created = request.object("item");
        String itemId = item == null ? null : item.string("id");
        if (itemId != null && created != null && created.get("id") instanceof JsonString chosen) {
            ids.put(itemId, chosen);
        }
    }

    /** The event as this client is to receive it. */
    JsonObject rewrite(JsonObject event) {
        JsonObject rewritten = (JsonObject) renamed(event);
        JsonObject response = rewritten.object("response");
        JsonValue given = response == null ? null : metadata.get(String.valueOf(response.string("id")));
        if (response != null && given != null && response.has("metadata")) {
            rewritten = rewritten.with("response", response.with("metadata", given));
        }
        return isAudio(rewritten.string("type")) ? playable(rewritten, "delta") : rewritten;
    }

    private JsonValue renamed(JsonValue value) {
        if (value instanceof JsonString text) {
            return ids.getOrDefault(text.value(), text);
        } else if (value instanceof JsonArray array) {
            List<JsonValue> elements = new ArrayList<>();
            array.elements().forEach(element -> elements.add(renamed(element)));
            return new JsonArray(elements);
        } else if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(name, renamed(member)));
            return playable(new JsonObject(members), "audio");
        }
        return value;
    }

    private static boolean isAudio(@Nullable String type) {
        return type != null && type.endsWith("audio.delta");
    }

    private static JsonObject playable(JsonObject object, String name) {
        String audio = object.string(name);
        return audio == null || isBase64(audio) ? object : object.with(name, SILENCE);
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException redacted) {
            return false;
        }
    }
}
