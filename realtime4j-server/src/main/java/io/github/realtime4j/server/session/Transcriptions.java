package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Transcriber;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.usage.Models;
import io.github.realtime4j.server.validation.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what the user said: for the client if the session transcribes, and for the responder in any case. Each
 * turn on its own, so a later one may be finished first. Confined to the session's loop.
 */
final class Transcriptions {
    private static final Logger log = LoggerFactory.getLogger(Transcriptions.class);
    private static final String EVENT = "conversation.item.input_audio_transcription.";
    private static final String LOGPROBS = "item.input_audio_transcription.logprobs";

    /** Each word is as good as certain. */
    private static final double LOGPROB = -0.0001;

    /** The model that tells its words while they are said. */
    private static final String STREAMING = "gpt-realtime-whisper";

    private final SessionScope scope;

    /** Of turns whose transcript is not complete. */
    private final Map<String, LiveTranscript> live = new HashMap<>();

    Transcriptions(SessionScope scope) {
        this.scope = scope;
    }

    /**
     * Somebody is speaking.
     *
     * @param millis of the turn until now
     * @param sound of the turn until now, asked for when it is needed
     */
    void goesOn(String itemId, long millis, AudioFormat format, Supplier<AudioBytes> sound) {
        if (STREAMING.equals(model())) {
            LiveTranscript words = words(itemId);
            if (words.isDue(millis)) {
                words.listen(sound.get(), format);
            }
        }
    }

    private @Nullable String model() {
        JsonObject transcription = scope.settings.transcription();
        return transcription == null ? null : transcription.string("model");
    }

    private LiveTranscript words(String itemId) {
        boolean logprobs = scope.settings.includes(LOGPROBS);
        return live.computeIfAbsent(
                itemId,
                id -> new LiveTranscript(
                        scope, more -> TextPieces.of(more).forEach(piece -> delta(id, piece, logprobs))));
    }

    /** What was being said was thrown away. */
    void forget(String itemId) {
        LiveTranscript words = live.remove(itemId);
        if (words != null) {
            words.end("");
        }
    }

    /** A turn has been committed. */
    void committed(ConversationItem item) {
        JsonObject transcription = scope.settings.transcription();
        if (transcription == null) {
            return;
        }
        String model = String.valueOf(transcription.string("model"));
        boolean logprobs = scope.settings.includes(LOGPROBS);
        ItemAudio audio = item.audio(0);
        long millis = audio == null ? 0 : audio.millis();
        var unused = hear(item).whenComplete((transcript, failure) -> {
            if (failure == null) {
                completed(item, model, transcript, millis, logprobs);
            } else {
                log.warn("The transcriber threw {}", failure.toString());
                failed(item);
            }
        });
    }

    /** What the user says in this item: the transcriber is asked once. Completes in the session's loop. */
    CompletableFuture<String> hear(ConversationItem item) {
        CompletableFuture<String> known = item.hearing();
        if (known != null) {
            return known;
        }
        CompletableFuture<String> hearing = new CompletableFuture<>();
        item.hearing(hearing);
        int index = item.firstAudio();
        ItemAudio audio = item.audio(index);
        if (audio == null || !audio.isKept()) {
            hearing.complete("");
            return hearing;
        }
        AudioBytes sound = audio.toBytes();
        Transcriber transcriber = scope.server.transcriber();
        scope.work(
                () -> transcriber.transcribe(sound, audio.format()),
                transcript -> {
                    item.overheard(index, transcript.strip());
                    hearing.complete(transcript);
                },
                hearing::completeExceptionally);
        return hearing;
    }

    private void completed(ConversationItem item, String model, String said, long millis, boolean logprobs) {
        String transcript = said.strip();
        List<String> pieces = model.equals("whisper-1") ? List.of(transcript) : TextPieces.of(transcript);
        if (model.equals(STREAMING)) {
            words(item.id()).end(transcript);
        } else if (!transcript.isEmpty()) {
            pieces.forEach(piece -> delta(item.id(), piece, logprobs));
        }
        live.remove(item.id());
        item.transcript(0, transcript);
        JsonObject usage = usage(model, millis, pieces.size());
        List<@Nullable Object> members = new ArrayList<>(
                List.of("item_id", item.id(), "content_index", 0, "transcript", transcript, "usage", usage));
        if (logprobs) {
            members.add("logprobs");
            members.add(pieces.stream().map(Transcriptions::logprob).toList());
        }
        scope.out.send(EVENT + "completed", members.toArray());
    }

    private void delta(String itemId, String piece, boolean logprobs) {
        List<@Nullable Object> members = new ArrayList<>(List.of("item_id", itemId, "content_index", 0));
        if (logprobs) {
            members.add("logprobs");
            members.add(List.of(logprob(piece)));
        }
        scope.out.sendDelta(EVENT + "delta", piece, members);
    }

    private static JsonObject logprob(String piece) {
        List<Integer> bytes = new ArrayList<>();
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xff);
        }
        return JsonObject.of("token", piece, "logprob", LOGPROB, "bytes", bytes);
    }

    private static JsonObject usage(String model, long millis, int outputTokens) {
        ModelCard card = Models.find(model);
        if (card == null || card.billedByDuration()) {
            return JsonObject.of("type", "duration", "seconds", (millis + 999) / 1_000);
        }
        long inputTokens = millis / 100;
        return JsonObject.of(
                "type",
                "tokens",
                "total_tokens",
                inputTokens + outputTokens,
                "input_tokens",
                inputTokens,
                "input_token_details",
                JsonObject.of("text_tokens", 0, "audio_tokens", inputTokens),
                "output_tokens",
                outputTokens);
    }

    private void failed(ConversationItem item) {
        forget(item.id());
        ErrorDetail error = ServiceErrors.transcriptionFailed(item.id());
        scope.out.send(
                EVENT + "failed",
                "item_id",
                item.id(),
                "content_index",
                0,
                "error",
                JsonObject.of(
                        "type",
                        error.type(),
                        "code",
                        error.code() == null ? null : error.code().value(),
                        "message",
                        error.message(),
                        "param",
                        error.param()));
    }
}
