package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.List;

/**
 * What is in force for one response: the session's settings at the moment it was created, and its own over them.
 *
 * @param config the {@code response} of {@code response.create}; empty if there was none
 * @param inConversation false for an out-of-band response
 * @param maxTokens the most it may produce; {@link Integer#MAX_VALUE} for no bound
 */
record ResponseSettings(
        JsonObject config,
        boolean inConversation,
        JsonValue modalities,
        String instructions,
        JsonArray tools,
        JsonValue toolChoice,
        boolean parallelToolCalls,
        JsonValue maxOutputTokens,
        int maxTokens,
        JsonObject format,
        JsonValue voice,
        double speed,
        JsonValue metadata) {

    static ResponseSettings of(SessionSettings session, JsonObject config) {
        JsonObject output = Members.at(config, "audio", "output");
        JsonValue maxTokens = or(config, "max_output_tokens", session.maxOutputTokens());
        String instructions = config.string("instructions");
        return new ResponseSettings(
                config,
                !"none".equals(config.string("conversation")),
                or(config, "output_modalities", session.outputModalities()),
                instructions == null ? session.instructions() : instructions,
                or(config, "tools", session.tools()) instanceof JsonArray tools ? tools : new JsonArray(List.of()),
                or(config, "tool_choice", session.toolChoice()),
                Members.bool(config, "parallel_tool_calls", session.parallelToolCalls()),
                maxTokens,
                maxTokens instanceof JsonNumber limit ? limit.value().intValue() : Integer.MAX_VALUE,
                output.object("format") == null
                        ? session.outputFormat()
                        : DefaultSession.format(Members.at(output, "format")),
                or(output, "voice", session.voice()),
                session.speed(),
                Members.value(config, "metadata"));
    }

    private static JsonValue or(JsonObject object, String name, JsonValue otherwise) {
        return Members.isSet(object, name) ? Members.value(object, name) : otherwise;
    }

    boolean isSpoken() {
        return modalities instanceof JsonArray array && array.elements().contains(new JsonString("audio"));
    }

    AudioFormat audioFormat() {
        return SessionSettings.format(format);
    }

    String voiceName() {
        if (voice instanceof JsonString name) {
            return name.value();
        }
        String id = voice instanceof JsonObject custom ? custom.string("id") : null;
        return id == null ? "alloy" : id;
    }
}
