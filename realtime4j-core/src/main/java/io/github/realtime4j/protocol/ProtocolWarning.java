package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message that arrived and could not be understood; made by this library, never sent. The connection goes on, and only
 * this message is lost; a session takes an unreadable {@code response.done} for the end of the response that runs, which has
 * failed. Of the content no more is in here than its type, and a value of 16 characters at most.
 *
 * @param type the wire name of the event, if that could be read
 * @param problem what was expected, what came, and where, such as {@code Expected an integer but was a string at
 *     $.output_index in response.output_audio.delta}
 */
public record ProtocolWarning(@Nullable String type, String problem) implements ServerEvent {
    @Override
    public @Nullable String eventId() {
        return null;
    }
}
