package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code session.update} carries: only what is set is sent, and what is not sent stays as it is. The service refuses
 * the whole update for one field it does not take.
 *
 * @param type {@code realtime} or {@code transcription}; null for a translation session
 * @param tools an empty list removes all tools, null leaves them
 * @param extra fields of compatible servers that this library does not know
 */
public record SessionConfig(
        @Nullable String type,
        @Nullable Model model,
        @Nullable List<Modality> outputModalities,
        @Nullable String instructions,
        @Nullable AudioConfig audio,
        @Nullable List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Reasoning reasoning,
        @Nullable MaxOutputTokens maxOutputTokens,
        @Nullable Truncation truncation,
        @Nullable Tracing tracing,
        @Nullable Prompt prompt,
        @Nullable List<String> include,
        JsonObject extra) {
    public static final String REALTIME = "realtime";
    public static final String TRANSCRIPTION = "transcription";

    /** For {@link #include}: how sure the transcription is of each token. */
    public static final String INCLUDE_TRANSCRIPTION_LOGPROBS = "item.input_audio_transcription.logprobs";

    public SessionConfig {
        outputModalities = outputModalities == null ? null : List.copyOf(outputModalities);
        tools = tools == null ? null : List.copyOf(tools);
        include = include == null ? null : List.copyOf(include);
    }

    /** A conversation. */
    public static Builder builder() {
        return new Builder(REALTIME);
    }

    /** A session that only writes down what it hears: input options and {@link Builder#include} apply. */
    public static Builder transcription() {
        return new Builder(TRANSCRIPTION);
    }

    /** A session that says in one language what it hears in another: transcription, noise reduction, language apply. */
    public static Builder translation() {
        return new Builder(null);
    }

    /** Whether nothing is set: sent, it would change nothing. */
    public boolean isEmpty() {
        return equals(new Builder(type).build());
    }

    /** This configuration with exactly these tools. */
    public SessionConfig withTools(List<Tool> tools) {
        return new SessionConfig(
                type,
                model,
                outputModalities,
                instructions,
                audio,
                tools,
                toolChoice,
                parallelToolCalls,
                reasoning,
                maxOutputTokens,
                truncation,
                tracing,
                prompt,
                include,
                extra);
    }

    /** Gathers settings; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private final @Nullable String type;
        private @Nullable Model model;
        private @Nullable List<Modality> outputModalities;
        private @Nullable String instructions;
        private @Nullable AudioFormat inputFormat;
        private @Nullable InputAudioTranscription transcription;
        private @Nullable NoiseReduction noiseReduction;
        private @Nullable TurnDetection turnDetection;
        private @Nullable AudioFormat outputFormat;
        private @Nullable Voice voice;
        private @Nullable Double speed;
        private @Nullable String language;
        private @Nullable List<Tool> tools;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable Reasoning reasoning;
        private @Nullable MaxOutputTokens maxOutputTokens;
        private @Nullable Truncation truncation;
        private @Nullable Tracing tracing;
        private @Nullable Prompt prompt;
        private @Nullable List<String> include;
        private JsonObject extra = JsonObject.EMPTY;

        private Builder(@Nullable String type) {
            this.type = type;
        }

        public Builder model(Model model) {
            this.model = model;
            return this;
        }

        /** {@link Modality#AUDIO} (the default) or {@link Modality#TEXT}. */
        public Builder outputModalities(Modality... modalities) {
            this.outputModalities = List.of(modalities);
            return this;
        }

        public Builder instructions(String instructions) {
            this.instructions = instructions;
            return this;
        }

        public Builder inputFormat(AudioFormat format) {
            this.inputFormat = format;
            return this;
        }

        public Builder transcription(InputAudioTranscription transcription) {
            this.transcription = transcription;
            return this;
        }

        public Builder noiseReduction(NoiseReduction noiseReduction) {
            this.noiseReduction = noiseReduction;
            return this;
        }

        public Builder turnDetection(TurnDetection turnDetection) {
            this.turnDetection = turnDetection;
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

        /** 0.25 to 1.5; can change only between responses. */
        public Builder speed(double speed) {
            this.speed = speed;
            return this;
        }

        /** Translation: what to say it in, such as {@code es}. */
        public Builder language(String language) {
            this.language = language;
            return this;
        }

        /** Adds one tool to those of this configuration. */
        public Builder tool(Tool tool) {
            List<Tool> all = tools == null ? new ArrayList<>() : new ArrayList<>(tools);
            all.add(tool);
            this.tools = all;
            return this;
        }

        /** Exactly these tools; an empty list removes all. */
        public Builder tools(List<Tool> tools) {
            this.tools = List.copyOf(tools);
            return this;
        }

        public Builder toolChoice(ToolChoice choice) {
            this.toolChoice = choice;
            return this;
        }

        /** Reasoning models only. */
        public Builder parallelToolCalls(boolean parallel) {
            this.parallelToolCalls = parallel;
            return this;
        }

        /** Reasoning models only. */
        public Builder reasoning(Reasoning.Effort effort) {
            this.reasoning = new Reasoning(effort);
            return this;
        }

        public Builder maxOutputTokens(MaxOutputTokens tokens) {
            this.maxOutputTokens = tokens;
            return this;
        }

        public Builder truncation(Truncation truncation) {
            this.truncation = truncation;
            return this;
        }

        public Builder tracing(Tracing tracing) {
            this.tracing = tracing;
            return this;
        }

        public Builder prompt(Prompt prompt) {
            this.prompt = prompt;
            return this;
        }

        public Builder include(String... include) {
            this.include = List.of(include);
            return this;
        }

        /** A field of a compatible server, as {@link io.github.realtime4j.json.JsonValue#of} takes it. */
        public Builder extra(String name, @Nullable Object value) {
            this.extra = extra.with(name, value);
            return this;
        }

        public SessionConfig build() {
            return new SessionConfig(
                    type,
                    model,
                    outputModalities,
                    instructions,
                    audio(),
                    tools,
                    toolChoice,
                    parallelToolCalls,
                    reasoning,
                    maxOutputTokens,
                    truncation,
                    tracing,
                    prompt,
                    include,
                    extra);
        }

        private @Nullable AudioConfig audio() {
            boolean hasInput =
                    inputFormat != null || transcription != null || noiseReduction != null || turnDetection != null;
            boolean hasOutput = outputFormat != null || voice != null || speed != null || language != null;
            AudioConfig.Input input = hasInput
                    ? new AudioConfig.Input(inputFormat, transcription, noiseReduction, turnDetection, JsonObject.EMPTY)
                    : null;
            AudioConfig.Output output =
                    hasOutput ? new AudioConfig.Output(outputFormat, voice, speed, language, JsonObject.EMPTY) : null;
            return input == null && output == null ? null : new AudioConfig(input, output);
        }
    }
}
