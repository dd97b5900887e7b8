package io.github.realtime4j.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the user's speech is written down, beside the conversation: the model hears the audio, not this text.
 *
 * @param model which model writes
 * @param language ISO 639-1, such as {@code en}; better and faster when known
 * @param languages several possible languages ({@code gpt-transcribe}, {@code gpt-live-transcribe})
 * @param prompt words to expect (not {@code gpt-realtime-whisper})
 * @param keywords names to spell right ({@code gpt-transcribe}, {@code gpt-live-transcribe})
 * @param delay {@code minimal} to {@code xhigh}: accuracy for latency ({@code gpt-realtime-whisper})
 */
public record InputAudioTranscription(
        @Nullable TranscriptionModel model,
        @Nullable String language,
        @Nullable List<String> languages,
        @Nullable String prompt,
        @Nullable List<String> keywords,
        @Nullable String delay) {
    /** No transcription; JSON {@code null} on the wire. */
    public static final InputAudioTranscription OFF =
            new InputAudioTranscription(new TranscriptionModel("off"), null, null, null, null, null);

    public InputAudioTranscription {
        languages = languages == null ? null : List.copyOf(languages);
        keywords = keywords == null ? null : List.copyOf(keywords);
    }

    public static InputAudioTranscription of(TranscriptionModel model) {
        return new InputAudioTranscription(model, null, null, null, null, null);
    }

    public InputAudioTranscription language(String language) {
        return new InputAudioTranscription(model, language, languages, prompt, keywords, delay);
    }

    public InputAudioTranscription prompt(String prompt) {
        return new InputAudioTranscription(model, language, languages, prompt, keywords, delay);
    }
}
