package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the model.
 *
 * @param statusDetails null while in progress and when completed
 * @param output items in output order; empty in {@code response.created}
 * @param conversationId null for an out-of-band response
 * @param usage null until done
 * @param metadata as given in {@code response.create}
 * @param extra what this library does not know
 */
public record Response(
        @Nullable String object,
        @Nullable String id,
        @Nullable Status status,
        @Nullable StatusDetails statusDetails,
        List<Item> output,
        @Nullable String conversationId,
        @Nullable List<Modality> outputModalities,
        @Nullable MaxOutputTokens maxOutputTokens,
        @Nullable AudioConfig audio,
        @Nullable Usage usage,
        @Nullable Map<String, String> metadata,
        JsonObject extra) {

    /** What was written or said, in order. */
    public String text() {
        return output.stream().map(Item::text).collect(Collectors.joining());
    }

    /** What the model wants run before it goes on. */
    public List<Item.FunctionCall> functionCalls() {
        return output.stream()
                .filter(Item.FunctionCall.class::isInstance)
                .map(Item.FunctionCall.class::cast)
                .toList();
    }

    /** In which format it speaks; null if the server does not say. */
    public @Nullable AudioFormat outputFormat() {
        return audio == null || audio.output() == null ? null : audio.output().format();
    }

    /** Whether a response runs, or how it ended. */
    public record Status(String value) {
        public static final Status IN_PROGRESS = new Status("in_progress");
        public static final Status COMPLETED = new Status("completed");
        public static final Status CANCELLED = new Status("cancelled");
        public static final Status INCOMPLETE = new Status("incomplete");
        public static final Status FAILED = new Status("failed");
    }
}
