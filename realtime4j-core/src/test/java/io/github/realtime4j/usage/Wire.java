package io.github.realtime4j.usage;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TranscriptionUsage;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.protocol.Usage.CachedTokensDetails;
import io.github.realtime4j.protocol.Usage.InputTokenDetails;
import io.github.realtime4j.protocol.Usage.OutputTokenDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Server events that cost something, in short. */
final class Wire {
    private Wire() {}

    static ServerEvent session(Model model) {
        return new SessionEvent.Created(null, sessionOf(model, null));
    }

    static ServerEvent transcribedBy(TranscriptionModel model) {
        InputAudioTranscription transcription = InputAudioTranscription.of(model);
        AudioConfig audio =
                new AudioConfig(new AudioConfig.Input(null, transcription, null, null, JsonObject.EMPTY), null);
        return new SessionEvent.Updated(null, sessionOf(null, audio));
    }

    private static Session sessionOf(@Nullable Model model, @Nullable AudioConfig audio) {
        return new Session(
                null,
                null,
                null,
                model,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                audio,
                null,
                JsonObject.EMPTY);
    }

    static ServerEvent done(String id, @Nullable Usage usage) {
        return done(id, Response.Status.COMPLETED, usage);
    }

    static ServerEvent done(String id, Response.@Nullable Status status, @Nullable Usage usage) {
        return new ResponseEvent.Done(
                null,
                new Response(null, id, status, null, List.of(), null, null, null, null, usage, null, JsonObject.EMPTY));
    }

    static Usage usage(InputTokenDetails input, OutputTokenDetails output) {
        return new Usage(null, null, null, input, output);
    }

    static InputTokenDetails in(int text, int audio, int image) {
        return new InputTokenDetails(text, audio, image, null, null);
    }

    static InputTokenDetails in(int text, int audio, int image, int cached) {
        return new InputTokenDetails(text, audio, image, cached, null);
    }

    static InputTokenDetails in(int text, int audio, int image, CachedTokensDetails cached) {
        return new InputTokenDetails(text, audio, image, null, cached);
    }

    static OutputTokenDetails out(int text, int audio) {
        return new OutputTokenDetails(text, audio, null);
    }

    static ServerEvent transcribed(String item, @Nullable TranscriptionUsage usage) {
        return new ConversationEvent.ItemInputAudioTranscriptionCompleted(null, item, 0, "Hm", null, null, usage);
    }
}
