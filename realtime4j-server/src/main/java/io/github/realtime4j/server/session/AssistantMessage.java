package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an assistant message. */
final class AssistantMessage {
    private AssistantMessage() {}

    /** @param phase null for models that do not mark it */
    static JsonObject json(String id, String status, @Nullable String phase, List<? extends JsonValue> content) {
        JsonObject message =
                JsonObject.of("id", id, "type", "message", "status", status, "role", "assistant", "content", content);
        return phase == null ? message : message.with("phase", phase);
    }
}
