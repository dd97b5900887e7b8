package io.github.realtime4j.server.session;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.protocol.Truncation;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.usage.ContextItem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what the session has as JSON into the records that a responder gets. */
final class ModelView {
    private ModelView() {}

    static ResponseRequest request(
            String responseId, SessionSettings session, ResponseSettings settings, List<JsonObject> context) {
        ResponseConfig everything = config(
                JsonObject.of("input", context, "tools", settings.tools(), "tool_choice", settings.toolChoice()));
        List<Item> items = everything.input();
        List<Tool> tools = everything.tools();
        return new ResponseRequest(
                responseId,
                new Model(session.model().name()),
                settings.instructions(),
                items == null ? List.of() : items,
                tools == null ? List.of() : tools,
                Objects.requireNonNullElse(everything.toolChoice(), ToolChoice.AUTO),
                settings.parallelToolCalls(),
                settings.isSpoken(),
                config(settings.config().without("input", "tools")),
                metadata(settings.metadata()));
    }

    /** One item. */
    static Item item(JsonObject json) {
        List<Item> items = config(JsonObject.of("input", List.of(json))).input();
        return Objects.requireNonNull(items).get(0);
    }

    /** An item of the conversation as the usage counts it. */
    static ContextItem weighed(ConversationItem item) {
        long millis = 0;
        for (ItemAudio audio : item.audio().values()) {
            millis += audio.millis();
        }
        return new ContextItem(item.typed(), millis, item.isTruncated(0));
    }

    static List<Tool> tools(JsonValue tools) {
        List<Tool> typed = config(JsonObject.of("tools", tools)).tools();
        return typed == null ? List.of() : typed;
    }

    static Truncation truncation(JsonValue truncation) {
        byte[] utf8 = JsonObject.of("truncation", truncation).toString().getBytes(StandardCharsets.UTF_8);
        Truncation typed = EventCodec.read(ByteBuffer.wrap(utf8), Session.class).truncation();
        return typed == null ? Truncation.AUTO : typed;
    }

    private static ResponseConfig config(JsonObject json) {
        byte[] utf8 = json.toString().getBytes(StandardCharsets.UTF_8);
        return EventCodec.read(ByteBuffer.wrap(utf8), ResponseConfig.class);
    }

    private static Map<String, String> metadata(@Nullable JsonValue metadata) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (metadata instanceof JsonObject object) {
            object.forEach((name, value) ->
                    pairs.put(name, value instanceof JsonString text ? text.value() : value.toString()));
        }
        return pairs;
    }
}
