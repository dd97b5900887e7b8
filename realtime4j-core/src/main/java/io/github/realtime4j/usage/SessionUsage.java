package io.github.realtime4j.usage;

import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.TranscriptionModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session has used up to now, and what that costs. Immutable.
 *
 * @param responses how many have ended, by how they ended
 * @param transcriptions of the user's speech, by model; billed beside the responses
 * @param translated how much audio a translation session has worked through
 * @param costs in USD, exact to the token; minutes to 12 decimals. Kinds that cost nothing are left out
 * @param unpriced what {@code costs} does not include because it has no price, one sentence each: the true cost is higher
 * @param rateLimits by name
 */
public record SessionUsage(
        InputTokens input,
        OutputTokens output,
        Map<Response.Status, Integer> responses,
        Map<TranscriptionModel, TranscriptionTotal> transcriptions,
        Duration translated,
        Map<Cost, BigDecimal> costs,
        List<String> unpriced,
        Map<String, RateLimit> rateLimits) {
    public SessionUsage {
        responses = Collections.unmodifiableMap(new LinkedHashMap<>(responses));
        transcriptions = Collections.unmodifiableMap(new LinkedHashMap<>(transcriptions));
        costs = Collections.unmodifiableMap(costs.isEmpty() ? new EnumMap<>(Cost.class) : new EnumMap<>(costs));
        unpriced = List.copyOf(unpriced);
        rateLimits = Collections.unmodifiableMap(new LinkedHashMap<>(rateLimits));
    }

    /** Everything that has a price, in USD. */
    public BigDecimal cost() {
        return costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What one kind costs, in USD. */
    public BigDecimal cost(Cost kind) {
        return costs.getOrDefault(kind, BigDecimal.ZERO);
    }

    /** All tokens: of responses and of transcriptions. */
    public long totalTokens() {
        return input.total()
                + output.total()
                + transcriptions.values().stream()
                        .mapToLong(each -> each.inputTokens() + each.outputTokens())
                        .sum();
    }

    /** Responses that have ended, however they did. */
    public int responseCount() {
        return responses.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What is billed. What was cached is not in the input of the same kind. */
    public enum Cost {
        TEXT_INPUT,
        AUDIO_INPUT,
        IMAGE_INPUT,
        CACHED_TEXT_INPUT,
        CACHED_AUDIO_INPUT,
        CACHED_IMAGE_INPUT,
        TEXT_OUTPUT,
        AUDIO_OUTPUT,
        TRANSCRIPTION,
        TRANSLATION
    }

    /**
     * What responses have read: the whole conversation each time.
     *
     * @param other of a kind that the server did not tell
     * @param cachedText among {@code text}, and so on for the others
     */
    public record InputTokens(
            long text, long audio, long image, long other, long cachedText, long cachedAudio, long cachedImage) {
        static final InputTokens NONE = new InputTokens(0, 0, 0, 0, 0, 0, 0);

        public long total() {
            return text + audio + image + other;
        }

        public long cached() {
            return cachedText + cachedAudio + cachedImage;
        }

        InputTokens plus(InputTokens more) {
            return new InputTokens(
                    text + more.text,
                    audio + more.audio,
                    image + more.image,
                    other + more.other,
                    cachedText + more.cachedText,
                    cachedAudio + more.cachedAudio,
                    cachedImage + more.cachedImage);
        }
    }

    /**
     * What responses have produced; an audio answer has its transcript as text.
     *
     * @param reasoning among {@code text}
     * @param other of a kind that the server did not tell
     */
    public record OutputTokens(long text, long audio, long reasoning, long other) {
        static final OutputTokens NONE = new OutputTokens(0, 0, 0, 0);

        public long total() {
            return text + audio + other;
        }

        OutputTokens plus(OutputTokens more) {
            return new OutputTokens(
                    text + more.text, audio + more.audio, reasoning + more.reasoning, other + more.other);
        }
    }

    /**
     * What one model has transcribed.
     *
     * @param textTokens among {@code inputTokens}
     * @param audioTokens among {@code inputTokens}
     * @param seconds of audio, where that is what is billed
     */
    public record TranscriptionTotal(
            long inputTokens, long textTokens, long audioTokens, long outputTokens, BigDecimal seconds) {
        static final TranscriptionTotal NONE = new TranscriptionTotal(0, 0, 0, 0, BigDecimal.ZERO);

        TranscriptionTotal plus(TranscriptionTotal more) {
            return new TranscriptionTotal(
                    inputTokens + more.inputTokens,
                    textTokens + more.textTokens,
                    audioTokens + more.audioTokens,
                    outputTokens + more.outputTokens,
                    seconds.add(more.seconds));
        }
    }
}
