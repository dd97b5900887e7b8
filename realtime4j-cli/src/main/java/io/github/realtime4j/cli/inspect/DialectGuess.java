package io.github.realtime4j.cli.inspect;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out from the events themselves which dialect a recording is in. Confined to one thread. */
final class DialectGuess {
    private static final Set<String> BETA_TYPES = Set.of(
            "response.text.delta",
            "response.text.done",
            "response.audio.delta",
            "response.audio.done",
            "response.audio_transcript.delta",
            "response.audio_transcript.done",
            "transcription_session.update",
            "transcription_session.created",
            "transcription_session.updated");
    private static final Set<String> GA_TYPES = Set.of("conversation.item.added", "conversation.item.done");
    private static final Set<String> BETA_FIELDS = Set.of(
            "modalities",
            "input_audio_format",
            "output_audio_format",
            "input_audio_transcription",
            "max_response_output_tokens");

    private @Nullable Dialect certain;
    private boolean looksBeta;

    /** Takes one event into account. */
    void consider(JsonObject event) {
        String type = String.valueOf(event.string("type"));
        if (BETA_TYPES.contains(type)) {
            certain = Dialect.BETA;
        } else if (GA_TYPES.contains(type)
                || type.startsWith("response.output_text")
                || type.startsWith("response.output_audio")) {
            certain = Dialect.GA;
        } else {
            considerSettings(event.object("session"));
            considerSettings(event.object("response"));
        }
    }

    /** Compatible servers mix the two shapes, so that the old one proves nothing. */
    private void considerSettings(@Nullable JsonObject settings) {
        if (settings == null) {
            return;
        }
        if (settings.has("output_modalities") || "realtime".equals(settings.string("type"))) {
            certain = Dialect.GA;
        }
        looksBeta |= BETA_FIELDS.stream().anyMatch(settings::has);
    }

    /** Whether more events cannot change the guess. */
    boolean isCertain() {
        return certain != null;
    }

    Dialect dialect() {
        if (certain != null) {
            return certain;
        }
        return looksBeta ? Dialect.BETA : Dialect.GA;
    }
}
