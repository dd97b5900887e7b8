package io.github.realtime4j.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The default conversation and its items.
 *
 * <pre>itemAdded → itemDone → ( itemInputAudioTranscriptionDelta* → …Completed | …Failed )
 *                   → ( itemTruncated | itemRetrieved )* → itemDeleted</pre>
 *
 * <p>Transcription runs beside the conversation: its events may come before the item is added, and items are not
 * completed in the order in which they were committed.
 */
public sealed interface ConversationEvent extends ServerEvent {

    /** {@code conversation.created}: sent by compatible servers and, in 2024, by the service. */
    record Created(@Nullable String eventId, Conversation conversation) implements ConversationEvent {}

    /**
     * {@code conversation.item.added}: an item has its place; an item of the model is still empty.
     *
     * @param previousItemId the item before it; null for the first
     */
    record ItemAdded(@Nullable String eventId, @Nullable String previousItemId, Item item)
            implements ConversationEvent {}

    /** {@code conversation.item.created}: not sent by the service of today; see {@link ItemAdded}. */
    record ItemCreated(@Nullable String eventId, @Nullable String previousItemId, Item item)
            implements ConversationEvent {}

    /** {@code conversation.item.done}: the item is complete, or as complete as it will be. */
    record ItemDone(@Nullable String eventId, @Nullable String previousItemId, Item item)
            implements ConversationEvent {}

    /** {@code conversation.item.deleted}. */
    record ItemDeleted(@Nullable String eventId, String itemId) implements ConversationEvent {}

    /** {@code conversation.item.truncated}: audio after {@code audioEndMs} and the whole transcript are forgotten. */
    record ItemTruncated(@Nullable String eventId, String itemId, int contentIndex, int audioEndMs)
            implements ConversationEvent {}

    /** {@code conversation.item.retrieved}: the item as the server has it, with its audio. */
    record ItemRetrieved(@Nullable String eventId, Item item) implements ConversationEvent {}

    /** {@code conversation.item.input_audio_transcription.delta}: the next words of a user's speech. */
    record ItemInputAudioTranscriptionDelta(
            @Nullable String eventId,
            String itemId,
            @Nullable Integer contentIndex,
            @Nullable String delta,
            @Nullable List<LogProb> logprobs,
            @Nullable String obfuscation)
            implements ConversationEvent {}

    /** {@code conversation.item.input_audio_transcription.completed}: all words of a user's speech, and their price. */
    record ItemInputAudioTranscriptionCompleted(
            @Nullable String eventId,
            String itemId,
            int contentIndex,
            String transcript,
            @Nullable List<Language> languages,
            @Nullable List<LogProb> logprobs,
            @Nullable TranscriptionUsage usage)
            implements ConversationEvent {}

    /** {@code conversation.item.input_audio_transcription.segment}: one speaker's stretch, from a diarizing model. */
    record ItemInputAudioTranscriptionSegment(
            @Nullable String eventId,
            String itemId,
            int contentIndex,
            String text,
            String id,
            String speaker,
            double start,
            double end)
            implements ConversationEvent {}

    /** {@code conversation.item.input_audio_transcription.failed}: the words are lost; the model still heard the audio. */
    record ItemInputAudioTranscriptionFailed(
            @Nullable String eventId, String itemId, int contentIndex, ErrorDetail error)
            implements ConversationEvent {}

    /** A conversation's name. */
    record Conversation(@Nullable String id, @Nullable String object) {}

    /** A language that the transcription found, such as {@code en}. */
    record Language(String code) {}

    /** How sure the transcription is of one token. */
    record LogProb(String token, double logprob, @Nullable List<Integer> bytes) {}
}
