package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who decides that the user's turn has begun and ended.
 *
 * <ul>
 *   <li>{@link ServerVad}: the server, by loudness and silence. It announces {@code speech_started} and {@code
 *       speech_stopped} and commits the audio.
 *   <li>{@link SemanticVad}: the server, by what was said: it waits longer after "hm" than after a finished sentence.
 *   <li>{@link #OFF}: the application, with {@code input_audio_buffer.commit} and {@code response.create}:
 *       push-to-talk.
 * </ul>
 *
 * <pre>{@code
 * session.input().append(question.encode(AudioFormat.PCM16_24KHZ));
 * session.input().commit().join();
 * ResponseHandle response = session.respond();
 * }</pre>
 *
 * <p>With detection on, {@code createResponse} makes the server answer every committed turn, and {@code
 * interruptResponse} makes it cancel a running response when the user speaks; both are on unless set to false. The
 * server cannot know what has been heard: truncating is up to the client.
 */
public sealed interface TurnDetection {
    /** No detection; JSON {@code null} on the wire. */
    TurnDetection OFF = new Off();

    /** Whether the server answers the turns that it finds. */
    boolean answersTurns();

    /** Whether the server cancels its response when it hears the user begin to speak. */
    boolean interruptsResponses();

    static ServerVad serverVad() {
        return new ServerVad(null, null, null, null, null, null, JsonObject.EMPTY);
    }

    static SemanticVad semanticVad() {
        return new SemanticVad(null, null, null, JsonObject.EMPTY);
    }

    /**
     * {@code server_vad}. What is null keeps the server's default.
     *
     * @param threshold 0 to 1, 0.5 by default; higher for noisy rooms
     * @param prefixPaddingMs audio to keep from before the speech was noticed, 300 by default
     * @param silenceDurationMs silence that ends a turn, 200 or 500 by default, depending on the model
     * @param idleTimeoutMs 5,000 to 30,000: silence after a response that makes the model speak again; null for never
     */
    record ServerVad(
            @Nullable Double threshold,
            @Nullable Integer prefixPaddingMs,
            @Nullable Integer silenceDurationMs,
            @Nullable Integer idleTimeoutMs,
            @Nullable Boolean createResponse,
            @Nullable Boolean interruptResponse,
            JsonObject extra)
            implements TurnDetection {

        public ServerVad threshold(double threshold) {
            return new ServerVad(
                    threshold,
                    prefixPaddingMs,
                    silenceDurationMs,
                    idleTimeoutMs,
                    createResponse,
                    interruptResponse,
                    extra);
        }

        public ServerVad prefixPaddingMs(int millis) {
            return new ServerVad(
                    threshold, millis, silenceDurationMs, idleTimeoutMs, createResponse, interruptResponse, extra);
        }

        public ServerVad silenceDurationMs(int millis) {
            return new ServerVad(
                    threshold, prefixPaddingMs, millis, idleTimeoutMs, createResponse, interruptResponse, extra);
        }

        public ServerVad idleTimeoutMs(int millis) {
            return new ServerVad(
                    threshold, prefixPaddingMs, silenceDurationMs, millis, createResponse, interruptResponse, extra);
        }

        public ServerVad createResponse(boolean create) {
            return new ServerVad(
                    threshold, prefixPaddingMs, silenceDurationMs, idleTimeoutMs, create, interruptResponse, extra);
        }

        public ServerVad interruptResponse(boolean interrupt) {
            return new ServerVad(
                    threshold, prefixPaddingMs, silenceDurationMs, idleTimeoutMs, createResponse, interrupt, extra);
        }

        @Override
        public boolean answersTurns() {
            return !Boolean.FALSE.equals(createResponse);
        }

        @Override
        public boolean interruptsResponses() {
            return !Boolean.FALSE.equals(interruptResponse);
        }
    }

    /** {@code semantic_vad}. What is null keeps the server's default. */
    record SemanticVad(
            @Nullable Eagerness eagerness,
            @Nullable Boolean createResponse,
            @Nullable Boolean interruptResponse,
            JsonObject extra)
            implements TurnDetection {

        public SemanticVad eagerness(Eagerness eagerness) {
            return new SemanticVad(eagerness, createResponse, interruptResponse, extra);
        }

        public SemanticVad createResponse(boolean create) {
            return new SemanticVad(eagerness, create, interruptResponse, extra);
        }

        public SemanticVad interruptResponse(boolean interrupt) {
            return new SemanticVad(eagerness, createResponse, interrupt, extra);
        }

        @Override
        public boolean answersTurns() {
            return !Boolean.FALSE.equals(createResponse);
        }

        @Override
        public boolean interruptsResponses() {
            return !Boolean.FALSE.equals(interruptResponse);
        }
    }

    /** See {@link #OFF}. */
    record Off() implements TurnDetection {
        @Override
        public boolean answersTurns() {
            return false;
        }

        @Override
        public boolean interruptsResponses() {
            return false;
        }
    }

    /** A kind of detection that this library does not know; taken for one with the usual consequences. */
    record Unknown(JsonValue json) implements TurnDetection {
        @Override
        public boolean answersTurns() {
            return true;
        }

        @Override
        public boolean interruptsResponses() {
            return true;
        }
    }

    /** How soon to answer: waits at most 8 s (low), 4 s (medium, auto) or 2 s (high). */
    record Eagerness(String value) {
        public static final Eagerness LOW = new Eagerness("low");
        public static final Eagerness MEDIUM = new Eagerness("medium");
        public static final Eagerness HIGH = new Eagerness("high");
        public static final Eagerness AUTO = new Eagerness("auto");
    }
}
