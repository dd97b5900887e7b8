package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes items from what clients give, in the order in which the service shows their members. */
final class NewItem {
    private static final List<String> FIRST = List.of("id", "type", "status", "role", "content", "name", "call_id");

    private NewItem() {}

    /** @param given checked before */
    static ConversationItem of(JsonObject given, SessionScope scope) {
        String chosen = given.string("id");
        String id = chosen == null ? scope.ids.item() : chosen;
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonObject complete = given.with("id", id);
        if (hasStatus(given) && !Members.isSet(given, "status")) {
            complete = complete.with("status", "completed");
        }
        for (String name : FIRST) {
            put(members, name, complete.get(name));
        }
        complete.forEach((name, value) -> put(members, name, value));
        ConversationItem item = new ConversationItem(id, JsonObject.EMPTY);
        if (given.has("content")) {
            members.put("content", content(given.array("content"), item, scope.settings.inputFormat()));
        }
        item.json(new JsonObject(members));
        return item;
    }

    private static boolean hasStatus(JsonObject given) {
        String type = given.string("type");
        return "message".equals(type) || "function_call".equals(type);
    }

    private static void put(Map<String, JsonValue> members, String name, @Nullable JsonValue value) {
        if (value != null && !(value == JsonNull.NULL && name.equals("status"))) {
            members.putIfAbsent(name, value);
        }
    }

    /** Sound goes beside the JSON. */
    private static JsonArray content(List<JsonValue> given, ConversationItem item, AudioFormat format) {
        List<JsonValue> content = new ArrayList<>();
        for (JsonValue value : given) {
            JsonValue shown = value;
            if (value instanceof JsonObject part && isAudio(part)) {
                String base64 = part.string("audio");
                if (base64 != null) {
                    item.audio(content.size(), ItemAudio.of(format, AudioBytes.fromBase64(base64)));
                }
                shown = JsonObject.of("type", part.string("type"), "transcript", Members.value(part, "transcript"));
            }
            content.add(shown);
        }
        return new JsonArray(content);
    }

    private static boolean isAudio(JsonObject part) {
        return "input_audio".equals(part.string("type")) || "output_audio".equals(part.string("type"));
    }

    /** What the user said. */
    static ConversationItem speech(String id, AudioFormat format, AudioBytes audio) {
        JsonObject part = JsonObject.of("type", "input_audio", "transcript", null);
        JsonObject json = JsonObject.of(
                "id", id, "type", "message", "status", "completed", "role", "user", "content", List.of(part));
        ConversationItem item = new ConversationItem(id, json);
        item.audio(0, ItemAudio.of(format, audio));
        return item;
    }
}
