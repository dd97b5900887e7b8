package io.github.realtime4j.server.usage;

import java.util.Set;

/**
 * What is known about one model.
 *
 * @param name as on the wire
 * @param use what kind of session or job it serves
 * @param contextTokens input and output together
 * @param maxOutputTokens of one response
 * @param reasoning whether {@code reasoning} and {@code parallel_tool_calls} are taken
 * @param defaultVoice of a new session; empty for models that do not speak with voices
 * @param silenceDurationMs of {@code server_vad} in a new session
 * @param billedByDuration transcription: by seconds instead of tokens
 * @param options transcription: which fields beside {@code model} are taken
 * @param turnDetection transcription: whether a transcription session may use voice activity detection
 */
public record ModelCard(
        String name,
        Use use,
        int contextTokens,
        int maxOutputTokens,
        boolean reasoning,
        String defaultVoice,
        int silenceDurationMs,
        boolean billedByDuration,
        Set<String> options,
        boolean turnDetection) {

    /** What a model is for. */
    public enum Use {
        REALTIME,
        TRANSCRIPTION,
        TRANSLATION
    }

    /** What the input may be: the rest is kept free for the answer. */
    public int inputTokens() {
        return contextTokens - maxOutputTokens;
    }
}
