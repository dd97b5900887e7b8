package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioBytes;
import org.jspecify.annotations.Nullable;

/**
 * The session's own life, and the output of a translation session.
 *
 * <pre>created → updated*                                                      realtime, transcription
 * created → ( updated | outputAudioDelta | …TranscriptDelta )* → closed    translation</pre>
 *
 * <p>A sideband connection to a running call gets no {@code created}.
 */
public sealed interface SessionEvent extends ServerEvent {

    /** {@code session.created}: the first event of a connection, with the defaults of its model. */
    record Created(@Nullable String eventId, Session session) implements SessionEvent {}

    /** {@code session.updated}: the answer to {@link ClientEvent.SessionUpdate}, with everything that is now in force. */
    record Updated(@Nullable String eventId, Session session) implements SessionEvent {}

    /** {@code session.closed}: a translation session has said all it had to say. */
    record Closed(@Nullable String eventId) implements SessionEvent {}

    /** {@code session.input_transcript.delta}: translation: what the speaker said, in the speaker's language. */
    record InputTranscriptDelta(
            @Nullable String eventId,
            String delta,
            @Nullable Integer elapsedMs) implements SessionEvent {}

    /** {@code session.output_transcript.delta}: translation: what is said, in the target language. */
    record OutputTranscriptDelta(
            @Nullable String eventId,
            String delta,
            @Nullable Integer elapsedMs) implements SessionEvent {}

    /** {@code session.output_audio.delta}: translation: the next slice of translated speech. */
    record OutputAudioDelta(
            @Nullable String eventId,
            AudioBytes delta,
            @Nullable Integer sampleRate,
            @Nullable Integer channels,
            @Nullable String format,
            @Nullable Integer elapsedMs)
            implements SessionEvent {}
}
