package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in force in a session, as the service echoes it, and how an update changes it: absent members stay, at the top
 * and inside {@code audio}, {@code audio.input} and {@code audio.output}; what lies deeper is replaced as a whole, with
 * the model's defaults for what the new value leaves out. Immutable.
 */
final class SessionSettings {
    private final SessionKind kind;
    private final ModelCard model;
    private final JsonObject echo;

    /** What the service takes and does not echo: {@code reasoning}, {@code parallel_tool_calls}. */
    private final JsonObject unechoed;

    private SessionSettings(SessionKind kind, ModelCard model, JsonObject echo, JsonObject unechoed) {
        this.kind = kind;
        this.model = model;
        this.echo = echo;
        this.unechoed = unechoed;
    }

    /** A new session. */
    static SessionSettings initial(SessionKind kind, ModelCard model, String id, long expiresAt) {
        JsonObject echo = switch (kind) {
            case REALTIME -> DefaultSession.realtime(model, id, expiresAt);
            case TRANSCRIPTION -> DefaultSession.transcription(model, id, expiresAt);
            case TRANSLATION -> DefaultSession.translation(model, id, expiresAt);
        };
        return new SessionSettings(kind, model, echo, JsonObject.EMPTY);
    }

    SessionKind kind() {
        return kind;
    }

    ModelCard model() {
        return model;
    }

    JsonObject echo() {
        return echo;
    }

    /**
     * Why an update that is well formed must be refused all the same.
     *
     * @param spoken whether there is assistant audio in the conversation
     * @param responding whether a response is active
     */
    @Nullable
    ErrorDetail refusal(JsonObject update, boolean spoken, boolean responding) {
        String type = update.string("type");
        if (kind != SessionKind.TRANSLATION && type != null && !type.equals(kind.wireName())) {
            return ServiceErrors.wrongKindOfUpdate(
                    type.equals("transcription") ? SessionKind.TRANSCRIPTION : SessionKind.REALTIME, kind);
        }
        JsonObject output = Members.at(update, "audio", "output");
        if (update.string("model") != null && !model.name().equals(update.string("model"))) {
            return ServiceErrors.cannotUpdateModel();
        } else if (spoken
                && Members.isSet(output, "voice")
                && !Members.value(output, "voice").equals(voice())) {
            return ServiceErrors.cannotUpdateVoice();
        } else if (Members.isSet(update, "tracing")
                && Members.isSet(echo, "tracing")
                && !Members.value(update, "tracing").equals(Members.value(echo, "tracing"))) {
            return ServiceErrors.cannotUpdateTracing();
        } else if (responding && Members.isSet(output, "speed") && Members.number(output, "speed", 1) != speed()) {
            return ServiceErrors.cannotUpdateSpeed();
        }
        return null;
    }

    /** These settings with an update that has been checked. */
    SessionSettings with(JsonObject update) {
        Map<String, JsonValue> next = new LinkedHashMap<>(echo.members());
        JsonObject hidden = unechoed;
        for (Map.Entry<String, JsonValue> member : update.members().entrySet()) {
            String name = member.getKey();
            if (name.equals("audio")) {
                next.put(name, audio(Members.at(echo, "audio"), Members.at(update, "audio")));
            } else if (name.equals("reasoning") || name.equals("parallel_tool_calls")) {
                hidden = hidden.with(name, member.getValue());
            } else if (next.containsKey(name) && !name.equals("type") && !name.equals("model")) {
                next.put(name, top(name, member.getValue()));
            }
        }
        return new SessionSettings(kind, model, new JsonObject(next), hidden);
    }

    private JsonValue top(String name, JsonValue value) {
        if (value == JsonNull.NULL) {
            JsonObject defaults = DefaultSession.realtime(model, "", 0);
            return name.equals("instructions") ? new JsonString("") : Members.value(defaults, name);
        } else if (name.equals("tools") && value instanceof JsonArray tools) {
            return new JsonArray(
                    tools.elements().stream().map(SessionSettings::tool).toList());
        } else if (name.equals("prompt") && value instanceof JsonObject prompt) {
            return only(prompt, "id", "version", "variables");
        }
        return value;
    }

    /** As echoed: in the service's order, and without the secrets of an MCP server. */
    private static JsonValue tool(JsonValue value) {
        if (!(value instanceof JsonObject tool)) {
            return value;
        }
        if (!"function".equals(tool.string("type"))) {
            return tool.without("authorization", "headers");
        }
        JsonObject echoed = only(tool, "type", "name", "description", "parameters");
        for (Map.Entry<String, JsonValue> member : tool.members().entrySet()) {
            echoed = echoed.with(member.getKey(), member.getValue());
        }
        return echoed;
    }

    private static JsonObject only(JsonObject object, String... names) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name : names) {
            members.put(name, Members.value(object, name));
        }
        return new JsonObject(members);
    }

    private JsonObject audio(JsonObject current, JsonObject update) {
        Map<String, JsonValue> audio = new LinkedHashMap<>(current.members());
        for (String side : List.of("input", "output")) {
            JsonObject change = update.object(side);
            JsonObject now = current.object(side);
            if (change != null && now != null) {
                Map<String, JsonValue> members = new LinkedHashMap<>(now.members());
                change.forEach((name, value) -> members.put(name, leaf(side, name, value)));
                audio.put(side, new JsonObject(members));
            }
        }
        return new JsonObject(audio);
    }

    private JsonValue leaf(String side, String name, JsonValue value) {
        if (value == JsonNull.NULL) {
            boolean off = name.equals("turn_detection") || name.equals("transcription");
            boolean none = off || name.equals("noise_reduction");
            return none ? value : Members.value(Members.at(DefaultSession.realtime(model, "", 0), "audio", side), name);
        }
        return value instanceof JsonObject object ? leaf(name, object) : value;
    }

    private JsonObject leaf(String name, JsonObject object) {
        return switch (name) {
            case "format" -> DefaultSession.format(object);
            case "turn_detection" -> DefaultSession.turnDetection(kind, model, object);
            case "transcription" -> kind == SessionKind.TRANSLATION ? object : transcription(object);
            default -> object;
        };
    }

    private static JsonObject transcription(JsonObject given) {
        JsonObject echoed = only(given, "model", "language", "prompt");
        for (String option : List.of("delay", "languages", "keywords")) {
            if (given.has(option)) {
                echoed = echoed.with(option, given.get(option));
            }
        }
        return echoed;
    }

    // What is in force.

    private JsonObject input() {
        return Members.at(echo, "audio", "input");
    }

    private JsonObject output() {
        return Members.at(echo, "audio", "output");
    }

    AudioFormat inputFormat() {
        return format(Members.at(input(), "format"));
    }

    JsonObject outputFormat() {
        return Members.at(output(), "format");
    }

    static AudioFormat format(JsonObject format) {
        return switch (String.valueOf(format.string("type"))) {
            case "audio/pcmu" -> AudioFormat.PCMU;
            case "audio/pcma" -> AudioFormat.PCMA;
            default -> AudioFormat.PCM16_24KHZ;
        };
    }

    /** Null when it is off. */
    @Nullable
    JsonObject turnDetection() {
        return input().object("turn_detection");
    }

    /** Null when it is off. */
    @Nullable
    JsonObject transcription() {
        return input().object("transcription");
    }

    boolean includes(String what) {
        return echo.array("include").contains(new JsonString(what));
    }

    JsonValue voice() {
        return Members.value(output(), "voice");
    }

    double speed() {
        return Members.number(output(), "speed", 1);
    }

    JsonValue outputModalities() {
        return Members.value(echo, "output_modalities");
    }

    JsonValue maxOutputTokens() {
        return Members.value(echo, "max_output_tokens");
    }

    String instructions() {
        String instructions = echo.string("instructions");
        return instructions == null ? "" : instructions;
    }

    JsonValue tools() {
        return Members.value(echo, "tools");
    }

    JsonValue toolChoice() {
        return Members.value(echo, "tool_choice");
    }

    JsonValue truncation() {
        return Members.value(echo, "truncation");
    }

    boolean parallelToolCalls() {
        return Members.bool(unechoed, "parallel_tool_calls", model.reasoning());
    }
}
