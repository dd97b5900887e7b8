package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.util.List;

/** What becomes of the model's voice. Confined to the session's loop. */
sealed interface OutputAudio permits SentAudio, PlayedAudio {
    /** A piece of one content part. */
    void add(Piece piece, AudioBytes audio, AudioFormat format);

    /** Where a piece of sound belongs. */
    record Piece(String responseId, String itemId, int outputIndex, int contentIndex) {}

    /** A response makes no more sound. */
    default void responseDone(String responseId) {}

    /** Falls silent: tells what nobody has heard, in the order in which it would have been played. */
    default List<Unheard> clear() {
        return List.of();
    }

    /**
     * A content part that was cut off.
     *
     * @param playedMillis how much of it was heard, in steps of 20 ms; perhaps nothing
     */
    record Unheard(String itemId, int contentIndex, long playedMillis) {}
}
