package io.github.realtime4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * A message that is not what the protocol says. The message tells what was expected, what came, where and in which event,
 * such as {@code Expected an integer but was "seven" at $.output_index in response.output_audio.delta}; of the content
 * it quotes at most a short word.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String type;

    DecodeException(String problem, @Nullable String type) {
        super(type == null ? problem : problem + " in " + type);
        this.type = type;
    }

    /** The wire name of the event, if that could be read and has a record. */
    public @Nullable String type() {
        return type;
    }
}
