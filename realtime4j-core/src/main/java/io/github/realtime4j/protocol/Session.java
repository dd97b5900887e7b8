package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the server has it: everything in force, defaults included.
 *
 * @param type {@code realtime}, {@code transcription} or {@code translation}
 * @param expiresAt seconds since 1970: the server closes the connection then, 60 minutes after it opened
 * @param extra what this library does not know
 */
public record Session(
        @Nullable String type,
        @Nullable String object,
        @Nullable String id,
        @Nullable Model model,
        @Nullable List<Modality> outputModalities,
        @Nullable String instructions,
        @Nullable List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Reasoning reasoning,
        @Nullable MaxOutputTokens maxOutputTokens,
        @Nullable Tracing tracing,
        @Nullable Truncation truncation,
        @Nullable Prompt prompt,
        @Nullable Long expiresAt,
        @Nullable AudioConfig audio,
        @Nullable List<String> include,
        JsonObject extra) {}
