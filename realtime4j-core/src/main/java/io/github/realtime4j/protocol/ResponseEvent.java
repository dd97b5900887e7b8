package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioBytes;
import org.jspecify.annotations.Nullable;

/**
 * The life of one response.
 *
 * <pre>created → ( outputItemAdded → ( contentPartAdded → …Delta* → …Done → contentPartDone )* → outputItemDone )* → done</pre>
 *
 * <p>Items may overlap: the second is added, and gets deltas, before the first is done. A response that is cancelled or
 * fails early skips what it did not reach; {@code done} always comes. Transcript deltas run ahead of the audio.
 */
public sealed interface ResponseEvent extends ServerEvent {
    /** The response this event belongs to; null on MCP call progress, which the service sends without it. */
    @Nullable
    String responseId();

    /** {@code response.created}: in progress, with no output yet. */
    record Created(@Nullable String eventId, Response response) implements ResponseEvent {
        @Override
        public @Nullable String responseId() {
            return response.id();
        }
    }

    /** {@code response.done}: the last event of every response, however it ended. Items carry no audio. */
    record Done(@Nullable String eventId, Response response) implements ResponseEvent {
        @Override
        public @Nullable String responseId() {
            return response.id();
        }
    }

    /** {@code response.output_item.added}. */
    record OutputItemAdded(@Nullable String eventId, String responseId, int outputIndex, Item item)
            implements ResponseEvent {}

    /** {@code response.output_item.done}. */
    record OutputItemDone(@Nullable String eventId, String responseId, int outputIndex, Item item)
            implements ResponseEvent {}

    /** {@code response.content_part.added}: the part's kind is known, its content empty. */
    record ContentPartAdded(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            @Nullable ContentPart part)
            implements ResponseEvent {}

    /** {@code response.content_part.done}. */
    record ContentPartDone(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            @Nullable ContentPart part)
            implements ResponseEvent {}

    /** {@code response.output_text.delta}: the next piece of written text. */
    record OutputTextDelta(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String delta,
            @Nullable String obfuscation)
            implements ResponseEvent {}

    /** {@code response.output_text.done}. */
    record OutputTextDone(
            @Nullable String eventId, String responseId, String itemId, int outputIndex, int contentIndex, String text)
            implements ResponseEvent {}

    /** {@code response.output_audio.delta}: the next slice of model speech, in the session's output format. */
    record OutputAudioDelta(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            AudioBytes delta)
            implements ResponseEvent {}

    /** {@code response.output_audio.done}: all audio has been sent, which is long before it has been heard. */
    record OutputAudioDone(
            @Nullable String eventId, String responseId, String itemId, int outputIndex, int contentIndex)
            implements ResponseEvent {}

    /** {@code response.output_audio_transcript.delta}: the next words of model speech. */
    record OutputAudioTranscriptDelta(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String delta,
            @Nullable String obfuscation)
            implements ResponseEvent {}

    /** {@code response.output_audio_transcript.done}. */
    record OutputAudioTranscriptDone(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            int contentIndex,
            String transcript)
            implements ResponseEvent {}

    /** {@code response.function_call_arguments.delta}: the next piece of a call's JSON arguments. */
    record FunctionCallArgumentsDelta(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String callId,
            String delta,
            @Nullable String obfuscation)
            implements ResponseEvent {}

    /** {@code response.function_call_arguments.done}: the call can be made. */
    record FunctionCallArgumentsDone(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String callId,
            @Nullable String name,
            String arguments)
            implements ResponseEvent {}

    /** {@code response.mcp_call_arguments.delta}. */
    record McpCallArgumentsDelta(
            @Nullable String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String delta,
            @Nullable String obfuscation)
            implements ResponseEvent {}

    /** {@code response.mcp_call_arguments.done}. */
    record McpCallArgumentsDone(
            @Nullable String eventId, String responseId, String itemId, int outputIndex, String arguments)
            implements ResponseEvent {}

    /** {@code response.mcp_call.in_progress}: the server is calling the MCP tool. */
    record McpCallInProgress(
            @Nullable String eventId, @Nullable String responseId, int outputIndex, String itemId)
            implements ResponseEvent {}

    /** {@code response.mcp_call.completed}: the item carries the output. */
    record McpCallCompleted(
            @Nullable String eventId, @Nullable String responseId, int outputIndex, String itemId)
            implements ResponseEvent {}

    /** {@code response.mcp_call.failed}: the item carries the error. */
    record McpCallFailed(@Nullable String eventId, @Nullable String responseId, int outputIndex, String itemId)
            implements ResponseEvent {}
}
