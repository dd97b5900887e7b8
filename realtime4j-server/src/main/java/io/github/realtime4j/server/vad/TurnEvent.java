package io.github.realtime4j.server.vad;

/** What a {@link TurnDetector} has found. Times are milliseconds of all audio ever appended. */
public sealed interface TurnEvent {
    /**
     * {@code input_audio_buffer.speech_started}.
     *
     * @param audioStartMs where the turn's audio begins: the first window with speech, a multiple of 32, minus the prefix
     *     padding, at least 0
     */
    record SpeechStarted(long audioStartMs) implements TurnEvent {}

    /**
     * {@code input_audio_buffer.speech_stopped}.
     *
     * @param audioEndMs where the turn's audio ends: a multiple of 32, after the silence that was waited for
     */
    record SpeechStopped(long audioEndMs) implements TurnEvent {}
}
