package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a server says. The families follow the wire: {@code response.output_audio.delta} is {@link
 * ResponseEvent.OutputAudioDelta}, {@code rate_limits.updated} is {@link RateLimitsUpdated}. A type that this library
 * does not know is an {@link UnknownEvent}; a message that could not be understood is a {@link ProtocolWarning}.
 */
public sealed interface ServerEvent
        permits SessionEvent,
                ConversationEvent,
                InputAudioBufferEvent,
                OutputAudioBufferEvent,
                ResponseEvent,
                McpListToolsEvent,
                RateLimitsUpdated,
                ErrorEvent,
                Ping,
                UnknownEvent,
                ProtocolWarning {
    /** The server's id of this event. */
    @Nullable
    String eventId();
}
