package io.github.realtime4j.server.validation;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.usage.Models;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no single member can tell. */
final class SessionRules {
    private static final List<String> TRANSCRIPTION_OPTIONS =
            List.of("language", "prompt", "languages", "keywords", "delay");
    private static final List<String> REASONING_OPTIONS = List.of("reasoning", "parallel_tool_calls");

    private SessionRules() {}

    /** Audio or text: audio has its transcript anyway. */
    static @Nullable ErrorDetail oneModality(JsonObject object, String path, SessionFacts facts) {
        if (!object.has("output_modalities")) {
            return null;
        }
        List<String> given = object.array("output_modalities").stream()
                .map(each -> ((JsonString) each).value())
                .toList();
        return given.size() == 1 ? null : ServiceErrors.modalities(path + ".output_modalities", given);
    }

    static @Nullable ErrorDetail reasoningModel(JsonObject object, String path, SessionFacts facts) {
        if (Models.realtime(facts.model()).reasoning()) {
            return null;
        }
        return REASONING_OPTIONS.stream()
                .filter(object::has)
                .findFirst()
                .map(option -> ServiceErrors.unsupportedOption(path + "." + option))
                .orElse(null);
    }

    static @Nullable ErrorDetail sameModel(JsonObject session, String path, SessionFacts facts) {
        String model = session.string("model");
        return model == null || model.equals(facts.model()) ? null : ServiceErrors.cannotUpdateModel();
    }

    static @Nullable ErrorDetail transcriptionOptions(JsonObject transcription, String path, SessionFacts facts) {
        ModelCard model = card(transcription);
        if (model == null) {
            return null;
        }
        return TRANSCRIPTION_OPTIONS.stream()
                .filter(option -> isSet(transcription.get(option)))
                .filter(option -> !model.options().contains(option))
                .findFirst()
                .map(option -> ServiceErrors.unsupportedOption(path + "." + option))
                .orElse(null);
    }

    static @Nullable ErrorDetail noTurnDetection(JsonObject input, String path, SessionFacts facts) {
        JsonObject transcription = input.object("transcription");
        ModelCard model = transcription == null ? null : card(transcription);
        return model != null && !model.turnDetection() && isSet(input.get("turn_detection"))
                ? ServiceErrors.turnDetectionNotSupported()
                : null;
    }

    private static @Nullable ModelCard card(JsonObject transcription) {
        String model = transcription.string("model");
        return model == null ? null : Models.find(model);
    }

    private static boolean isSet(@Nullable JsonValue value) {
        return value != null && value != JsonNull.NULL;
    }
}
