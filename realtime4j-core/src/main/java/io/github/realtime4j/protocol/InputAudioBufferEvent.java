package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The buffer that {@code input_audio_buffer.append} fills. Times count milliseconds of all audio ever appended, silence
 * included.
 *
 * <pre>with turn detection:  ( speechStarted → speechStopped → committed | timeoutTriggered → committed )*
 * without:              ( committed | cleared )*</pre>
 */
public sealed interface InputAudioBufferEvent extends ServerEvent {

    /**
     * {@code input_audio_buffer.speech_started}: the moment to silence the speaker.
     *
     * @param audioStartMs where the speech begins, prefix padding included
     * @param itemId the item that this speech will become
     */
    record SpeechStarted(@Nullable String eventId, int audioStartMs, String itemId) implements InputAudioBufferEvent {}

    /**
     * {@code input_audio_buffer.speech_stopped}.
     *
     * @param audioEndMs the end of the silence that was waited for
     */
    record SpeechStopped(@Nullable String eventId, int audioEndMs, String itemId) implements InputAudioBufferEvent {}

    /** {@code input_audio_buffer.committed}: the buffer has become an item. */
    record Committed(@Nullable String eventId, @Nullable String previousItemId, String itemId)
            implements InputAudioBufferEvent {}

    /** {@code input_audio_buffer.cleared}. */
    record Cleared(@Nullable String eventId) implements InputAudioBufferEvent {}

    /** {@code input_audio_buffer.timeout_triggered}: nobody spoke for {@code idle_timeout_ms}; the model speaks. */
    record TimeoutTriggered(@Nullable String eventId, int audioStartMs, int audioEndMs, String itemId)
            implements InputAudioBufferEvent {}

    /**
     * {@code input_audio_buffer.dtmf_event_received}: a key was pressed on a telephone.
     *
     * @param event one of {@code 0-9 * # A-D}
     * @param receivedAt seconds since 1970
     */
    record DtmfEventReceived(@Nullable String eventId, String event, long receivedAt)
            implements InputAudioBufferEvent {}
}
