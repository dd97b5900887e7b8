package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/** The {@code audio} object of sessions and responses. */
public record AudioConfig(@Nullable Input input, @Nullable Output output) {

    /** What comes from the user. */
    public record Input(
            @Nullable AudioFormat format,
            @Nullable InputAudioTranscription transcription,
            @Nullable NoiseReduction noiseReduction,
            @Nullable TurnDetection turnDetection,
            JsonObject extra) {}

    /**
     * What the model says aloud.
     *
     * @param speed 0.25 to 1.5, 1 by default
     * @param language the target language of a translation
     */
    public record Output(
            @Nullable AudioFormat format,
            @Nullable Voice voice,
            @Nullable Double speed,
            @Nullable String language,
            JsonObject extra) {}
}
