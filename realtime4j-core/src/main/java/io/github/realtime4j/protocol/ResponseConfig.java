package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code response.create} asks for. What is null is as the session has it.
 *
 * @param conversation {@code auto}, or {@code none}: out of band, beside the conversation and remembered by nobody
 * @param metadata up to 16 pairs that come back with the response
 * @param input what the model sees instead of the conversation; empty for nothing
 * @param extra fields of compatible servers that this library does not know
 */
public record ResponseConfig(
        @Nullable List<Modality> outputModalities,
        @Nullable String instructions,
        @Nullable AudioConfig audio,
        @Nullable List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Reasoning reasoning,
        @Nullable MaxOutputTokens maxOutputTokens,
        @Nullable String conversation,
        @Nullable Map<String, String> metadata,
        @Nullable Prompt prompt,
        @Nullable List<Item> input,
        JsonObject extra) {
    public static final String OUT_OF_BAND = "none";

    public ResponseConfig {
        outputModalities = outputModalities == null ? null : List.copyOf(outputModalities);
        tools = tools == null ? null : List.copyOf(tools);
        input = input == null ? null : List.copyOf(input);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** This configuration with one more pair of metadata. */
    public ResponseConfig withMetadata(String key, String value) {
        Map<String, String> pairs = metadata == null ? new LinkedHashMap<>() : new LinkedHashMap<>(metadata);
        pairs.put(key, value);
        return new ResponseConfig(
                outputModalities,
                instructions,
                audio,
                tools,
                toolChoice,
                parallelToolCalls,
                reasoning,
                maxOutputTokens,
                conversation,
                pairs,
                prompt,
                input,
                extra);
    }

    /** Gathers overrides; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private @Nullable List<Modality> outputModalities;
        private @Nullable String instructions;
        private @Nullable AudioFormat outputFormat;
        private @Nullable Voice voice;
        private @Nullable List<Tool> tools;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable Reasoning reasoning;
        private @Nullable MaxOutputTokens maxOutputTokens;
        private @Nullable String conversation;
        private @Nullable Map<String, String> metadata;
        private @Nullable Prompt prompt;
        private @Nullable List<Item> input;
        private JsonObject extra = JsonObject.EMPTY;

        private Builder() {}

        public Builder outputModalities(Modality... modalities) {
            this.outputModalities = List.of(modalities);
            return this;
        }

        /** Instead of the session's instructions, for this response. */
        public Builder instructions(String instructions) {
            this.instructions = instructions;
            return this;
        }

        public Builder outputFormat(AudioFormat format) {
            this.outputFormat = format;
            return this;
        }

        public Builder voice(Voice voice) {
            this.voice = voice;
            return this;
        }

        public Builder tools(List<Tool> tools) {
            this.tools = List.copyOf(tools);
            return this;
        }

        public Builder toolChoice(ToolChoice choice) {
            this.toolChoice = choice;
            return this;
        }

        public Builder parallelToolCalls(boolean parallel) {
            this.parallelToolCalls = parallel;
            return this;
        }

        public Builder reasoning(Reasoning.Effort effort) {
            this.reasoning = new Reasoning(effort);
            return this;
        }

        public Builder maxOutputTokens(MaxOutputTokens tokens) {
            this.maxOutputTokens = tokens;
            return this;
        }

        /** Beside the conversation: runs along with others, and leaves no item behind. */
        public Builder outOfBand() {
            this.conversation = OUT_OF_BAND;
            return this;
        }

        public Builder metadata(String key, String value) {
            Map<String, String> pairs = metadata == null ? new LinkedHashMap<>() : metadata;
            pairs.put(key, value);
            this.metadata = pairs;
            return this;
        }

        public Builder prompt(Prompt prompt) {
            this.prompt = prompt;
            return this;
        }

        /** What the model sees instead of the conversation; {@link Item.ItemReference} takes items over from it. */
        public Builder input(List<Item> input) {
            this.input = List.copyOf(input);
            return this;
        }

        /** A field of a compatible server, as {@link io.github.realtime4j.json.JsonValue#of} takes it. */
        public Builder extra(String name, @Nullable Object value) {
            this.extra = extra.with(name, value);
            return this;
        }

        public ResponseConfig build() {
            AudioConfig audio = outputFormat == null && voice == null
                    ? null
                    : new AudioConfig(null, new AudioConfig.Output(outputFormat, voice, null, null, JsonObject.EMPTY));
            return new ResponseConfig(
                    outputModalities,
                    instructions,
                    audio,
                    tools,
                    toolChoice,
                    parallelToolCalls,
                    reasoning,
                    maxOutputTokens,
                    conversation,
                    metadata,
                    prompt,
                    input,
                    extra);
        }
    }
}
