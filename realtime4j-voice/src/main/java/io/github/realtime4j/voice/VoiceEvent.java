package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.Item;
import java.io.IOException;
import java.time.Duration;

/**
 * Something that happens in a {@link Voice}, when it is heard rather than when it is sent.
 *
 * <pre>user:       userStarted → userStopped
 * assistant:  assistantStarted → caption* → assistantFinished | interrupted</pre>
 *
 * What waited to be heard and never began is interrupted, too. Times count from when the voice began to listen, as those of
 * its recording do.
 */
public sealed interface VoiceEvent {
    /** When it happened. */
    Duration at();

    /** The server's turn detection hears the user, or the user has pressed the key. */
    record UserStarted(Duration at) implements VoiceEvent {}

    /** The user's turn is over. */
    record UserStopped(Duration at) implements VoiceEvent {}

    /** The assistant's first sound of an item is heard. */
    record AssistantStarted(Duration at, String itemId) implements VoiceEvent {}

    /** The assistant was heard to the end. */
    record AssistantFinished(Duration at, String itemId, String transcript) implements VoiceEvent {}

    /**
     * The user has cut the assistant short, who is silent.
     *
     * @param played how much of the item was heard
     * @param received how much of it had come
     * @param heardText about the words that were heard
     * @param unheardText the words after these, as far as they had come
     */
    record Interrupted(
            Duration at, String itemId, Duration played, Duration received, String heardText, String unheardText)
            implements VoiceEvent {}

    /** What seemed to interrupt the assistant was nothing: the speech goes on where it stopped. */
    record Resumed(Duration at) implements VoiceEvent {}

    /** A turn of the user was taken for noise: its item is deleted, and nobody answers. */
    record NoiseIgnored(Duration at, String itemId) implements VoiceEvent {}

    /**
     * What somebody has said so far. The assistant's words come as they are heard, about: the wire does not say when a word
     * sounds.
     *
     * @param speaker user or assistant
     * @param text all of it so far
     * @param isFinal whether nothing follows
     */
    record Caption(Duration at, Item.Role speaker, String itemId, String text, boolean isFinal) implements VoiceEvent {}

    /**
     * How loud somebody was in the last tenth of a second. The user's comes all the time, the assistant's while there is
     * sound.
     *
     * @param speaker user or assistant
     * @param rms dBFS; negative infinity for digital silence
     * @param peak dBFS of the largest sample
     */
    record Level(Duration at, Item.Role speaker, double rms, double peak) implements VoiceEvent {}

    /** The source is at its end; the room is silent from here on. */
    record SourceEnded(Duration at) implements VoiceEvent {}

    /** The source or the sink is broken, and that side of the conversation over. */
    record Failed(Duration at, Item.Role speaker, IOException problem) implements VoiceEvent {}
}
