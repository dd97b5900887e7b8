package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt stored at the service; settings of the session itself win over it.
 *
 * @param variables values for its placeholders: strings, or content parts as JSON
 */
public record Prompt(
        String id, @Nullable String version, @Nullable Map<String, JsonValue> variables) {}
