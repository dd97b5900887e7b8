package io.github.realtime4j;

import io.github.realtime4j.usage.SessionUsage;
import java.time.Duration;

/**
 * Hears what a session is doing, in numbers: something for metrics and traces to sit on. Nothing that was said, written or
 * sent is in it. Called on the application's executor, one at a time, in order; every method may be left out.
 */
public interface SessionListener {
    /** The session is open. */
    default void connected(Duration took) {}

    /** A command was acknowledged, refused or given up, by its wire name such as {@code session.update}. */
    default void commandAnswered(String type, Duration took, boolean acknowledged) {}

    /**
     * The model has begun to answer.
     *
     * @param latency from the end of the user's turn, or from {@code response.create}, to the first text or transcript
     */
    default void firstText(String responseId, Duration latency) {}

    /** The model has begun to speak; counted like {@link #firstText}: the latency of the turn as the user hears it. */
    default void firstAudio(String responseId, Duration latency) {}

    /** A response has ended. */
    default void responseDone(Outcome outcome, Duration took) {}

    /**
     * A function call was answered.
     *
     * @param result in a word: {@code ANSWERED}, {@code FAILED}, {@code TIMED_OUT}, {@code DENIED}, {@code UNKNOWN}
     */
    default void toolFinished(String name, Duration took, String result) {}

    /** What the session has used so far; after every response and transcription. */
    default void usage(SessionUsage usage) {}

    /** A message of the server could not be understood, and was skipped. */
    default void malformedFrame() {}

    /** The last call. */
    default void ended(SessionEnd end, Duration lasted) {}
}
