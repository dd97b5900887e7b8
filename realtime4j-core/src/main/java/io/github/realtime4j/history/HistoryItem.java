package io.github.realtime4j.history;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One item of the conversation, as it was when the snapshot was taken.
 *
 * @param item with the content so far; it always has an id, and never audio
 * @param done whether its content is complete, or as complete as it will be; a transcription may still be to come
 * @param transcription how far the writing down of the user's speech is; null where none has begun
 * @param audioEndMs where the speech was cut, in milliseconds from its start; null if it was not. The words of a part
 *     that was cut are forgotten, as they are by the server
 */
public record HistoryItem(
        Item item,
        boolean done,
        @Nullable Transcription transcription,
        @Nullable Integer audioEndMs) {
    public HistoryItem {
        Objects.requireNonNull(item.id(), "Expected an item with an id");
    }

    public String id() {
        return Objects.requireNonNull(item.id());
    }

    /** What is written or said in it so far; empty for everything but messages. */
    public String text() {
        return item.text();
    }

    /** Who speaks; null for everything but messages. */
    public Item.@Nullable Role role() {
        return item instanceof Item.Message message ? message.role() : null;
    }

    /** How far the writing down of the user's speech is. It runs beside the conversation and may end long after. */
    public sealed interface Transcription {
        /** Some words are known. */
        record InProgress() implements Transcription {}

        /** All words are known. */
        record Completed() implements Transcription {}

        /** No more words will come; the model heard the audio all the same. */
        record Failed(ErrorDetail error) implements Transcription {}
    }
}
