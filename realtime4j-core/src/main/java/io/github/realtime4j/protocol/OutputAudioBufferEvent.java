package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/** What a WebRTC or telephone call is playing; never sent on a plain WebSocket session. */
public sealed interface OutputAudioBufferEvent extends ServerEvent {
    /** The response that is heard. */
    String responseId();

    /** {@code output_audio_buffer.started}: playback begins. */
    record Started(@Nullable String eventId, String responseId) implements OutputAudioBufferEvent {}

    /** {@code output_audio_buffer.stopped}: everything has been played. */
    record Stopped(@Nullable String eventId, String responseId) implements OutputAudioBufferEvent {}

    /** {@code output_audio_buffer.cleared}: what was left has been thrown away. */
    record Cleared(@Nullable String eventId, String responseId) implements OutputAudioBufferEvent {}
}
