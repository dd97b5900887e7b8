package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a session does with what the client says. Confined to the session's loop. */
sealed interface Dialogue permits RealtimeDialogue, TranslationDialogue {
    /** The connection is open. */
    void begin();

    /** A client event that is well formed. */
    void handle(String type, JsonObject event);

    /** {@code input_audio_buffer.append}, the short way. */
    void append(AudioBytes audio, @Nullable String eventId);

    /** The client reads again. */
    default void writable() {}
}
