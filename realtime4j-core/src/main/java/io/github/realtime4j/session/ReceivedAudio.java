package io.github.realtime4j.session;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ResponseEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How much speech of each item has been received, which is what a truncation is measured against, and which items have been
 * cut. Remembers the newest items only. Confined to its owner.
 */
public final class ReceivedAudio {
    private static final int REMEMBERED = 32;

    private final Deque<Speech> speeches = new ArrayDeque<>(2);

    /** The speech of one (item, content index). */
    private static final class Speech {
        private final String itemId;
        private final int contentIndex;
        private final AudioFormat format;
        private final boolean outOfBand;
        private long bytes;
        private boolean complete;
        private boolean cut;
        private boolean nothingHeard;

        Speech(String itemId, int contentIndex, AudioFormat format, boolean outOfBand) {
            this.itemId = itemId;
            this.contentIndex = contentIndex;
            this.format = format;
            this.outOfBand = outOfBand;
        }

        boolean precedes(Speech other) {
            return itemId.equals(other.itemId) && contentIndex < other.contentIndex;
        }

        boolean is(String id, int index) {
            return itemId.equals(id) && contentIndex == index;
        }
    }

    /** What is to be said to the server about an interrupted item. */
    public sealed interface Cut {
        /** Which item and part. */
        String itemId();

        /** {@code conversation.item.truncate} at this millisecond. */
        record Truncate(String itemId, int contentIndex, int audioEndMs) implements Cut {}

        /** {@code conversation.item.delete}: nothing of it was heard. */
        record Delete(String itemId) implements Cut {}

        /** Nothing: all of it was heard, or it is not known. */
        record Nothing(String itemId) implements Cut {}
    }

    /**
     * @param format of the response
     * @param outOfBand whether the item is in no conversation: it may be the newest that was heard, and cannot be truncated
     */
    public void delta(ResponseEvent.OutputAudioDelta delta, AudioFormat format, boolean outOfBand) {
        Speech speech = find(delta.itemId(), delta.contentIndex());
        if (speech == null) {
            speech = new Speech(delta.itemId(), delta.contentIndex(), format, outOfBand);
            speeches.addLast(speech);
            if (speeches.size() > REMEMBERED) {
                speeches.removeFirst();
            }
        }
        speech.bytes += delta.delta().size();
    }

    public void done(ResponseEvent.OutputAudioDone done) {
        Speech speech = find(done.itemId(), done.contentIndex());
        if (speech != null) {
            speech.complete = true;
        }
    }

    public void deleted(String itemId) {
        speeches.removeIf(speech -> speech.itemId.equals(itemId));
    }

    private @Nullable Speech find(String itemId, int contentIndex) {
        for (Speech speech : speeches) {
            if (speech.is(itemId, contentIndex)) {
                return speech;
            }
        }
        return null;
    }

    /** Whether the item has been interrupted: what still comes of it is not for anybody's ears. */
    public boolean isCut(String itemId, int contentIndex) {
        Speech speech = find(itemId, contentIndex);
        return speech != null && speech.cut;
    }

    /** Whether speech of this item has been received. */
    public boolean isKnown(@Nullable String itemId) {
        return speeches.stream().anyMatch(speech -> speech.itemId.equals(itemId));
    }

    /** Whether any speech has been received. */
    public boolean any() {
        return !speeches.isEmpty();
    }

    /** The item that spoke last; null if none has. */
    public @Nullable String newest() {
        return speeches.isEmpty() ? null : speeches.getLast().itemId;
    }

    /** The part of {@link #newest} that spoke last. */
    public int newestContentIndex() {
        return speeches.isEmpty() ? 0 : speeches.getLast().contentIndex;
    }

    /**
     * The user has interrupted an item of which this much was played. The cut is at what was played, but never after what
     * was received: a clock that runs ahead of the audio would make the server refuse the truncation. A part is cut once.
     */
    public Cut cut(String itemId, int contentIndex, Duration played) {
        Speech speech = find(itemId, contentIndex);
        if (speech == null || speech.cut) {
            return new Cut.Nothing(itemId);
        }
        long received = speech.format.millisOf(speech.bytes);
        long heard = Math.min(Math.max(played.toMillis(), 0), received);
        if (speech.complete && heard == received) {
            return new Cut.Nothing(itemId);
        }
        speech.cut = true;
        speech.nothingHeard = heard == 0;
        if (speech.outOfBand || isDeleted(speech)) {
            return new Cut.Nothing(itemId);
        }
        return heard == 0 && !isHeardBefore(speech)
                ? new Cut.Delete(itemId)
                : new Cut.Truncate(itemId, contentIndex, Math.toIntExact(heard));
    }

    /** Whether an earlier part of the item was heard, which would be forgotten if the item were deleted. */
    private boolean isHeardBefore(Speech speech) {
        return speeches.stream().anyMatch(other -> other.precedes(speech) && !other.nothingHeard);
    }

    private boolean isDeleted(Speech speech) {
        return speeches.stream().anyMatch(other -> other.precedes(speech) && other.nothingHeard);
    }
}
