package io.github.realtime4j.cli.voice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loudspeaker that exists in arithmetic only: it knows what has been heard at any moment. Audio starts when it arrives,
 * waits behind what is playing, and can be cut. Time is counted in samples from the start of the conversation and moves
 * only by {@link #advanceTo}. Safe for use by any thread; the listener is called by whoever moves the time.
 */
public final class Playback {
    private static final int LONGEST_SILENCE = ConversationClock.RATE;

    private final Listener listener;
    private final Deque<Piece> queue = new ArrayDeque<>();
    private final Map<String, Speech> speeches = new LinkedHashMap<>();
    private long now;

    public Playback(Listener listener) {
        this.listener = listener;
    }

    /** Hears the loudspeaker. Do not call back. */
    public interface Listener {
        /** Everything that comes out, silence included, without gap or overlap from time 0. */
        void heard(short[] samples);

        /** The first sound of an item comes out. */
        void started(String itemId, long at);

        /** The last sound of a complete item has come out. */
        void finished(String itemId, long at);
    }

    /** Samples of one item, the first of them not yet heard. */
    private static final class Piece {
        final Speech speech;
        final short[] samples;
        final int from;

        Piece(Speech speech, short[] samples, int from) {
            this.speech = speech;
            this.samples = samples;
            this.from = from;
        }
    }

    /** One item's audio. */
    private static final class Speech {
        final String itemId;
        long received;
        long played;
        boolean complete;
        boolean finished;

        Speech(String itemId) {
            this.itemId = itemId;
        }
    }

    /**
     * What became of one item when the loudspeaker was cut.
     *
     * @param playedMillis heard, rounded down
     * @param receivedMillis arrived so far, rounded down
     */
    public record Cut(String itemId, long playedMillis, long receivedMillis) {}

    /** Plays until this time. */
    public synchronized void advanceTo(long time) {
        while (now < time) {
            Piece piece = queue.poll();
            if (piece == null) {
                emit(new short[(int) Math.min(time - now, LONGEST_SILENCE)]);
            } else {
                play(piece, (int) Math.min(time - now, piece.samples.length - piece.from));
            }
        }
    }

    private void play(Piece piece, int count) {
        Speech speech = piece.speech;
        if (speech.played == 0) {
            listener.started(speech.itemId, now);
        }
        speech.played += count;
        emit(Arrays.copyOfRange(piece.samples, piece.from, piece.from + count));
        if (piece.from + count < piece.samples.length) {
            queue.addFirst(new Piece(speech, piece.samples, piece.from + count));
        }
        finishIfOver(speech);
    }

    private void emit(short[] samples) {
        now += samples.length;
        listener.heard(samples);
    }

    private void finishIfOver(Speech speech) {
        if (speech.complete && !speech.finished && speech.played == speech.received) {
            speech.finished = true;
            listener.finished(speech.itemId, now);
        }
    }

    /** Audio of an item arrives. */
    public synchronized void enqueue(String itemId, short[] samples) {
        if (samples.length > 0) {
            Speech speech = speeches.computeIfAbsent(itemId, Speech::new);
            speech.received += samples.length;
            queue.add(new Piece(speech, samples, 0));
        }
    }

    /** No more audio of this item will come. */
    public synchronized void complete(String itemId) {
        Speech speech = speeches.get(itemId);
        if (speech != null) {
            speech.complete = true;
            finishIfOver(speech);
        }
    }

    /**
     * Falls silent at once and forgets what has not been heard.
     *
     * @return the items that were not heard to the end, in order
     */
    public synchronized List<Cut> cut() {
        List<Cut> cuts = new ArrayList<>();
        for (Speech speech : speeches.values()) {
            boolean waiting = queue.stream().anyMatch(piece -> piece.speech == speech);
            if (!speech.finished && (waiting || !speech.complete)) {
                speech.finished = true;
                cuts.add(new Cut(
                        speech.itemId,
                        ConversationClock.millis(speech.played),
                        ConversationClock.millis(speech.received)));
            }
        }
        queue.clear();
        return cuts;
    }

    /** Whether nothing waits to be heard. */
    public synchronized boolean isSilent() {
        return queue.isEmpty();
    }

    /** The item that is being heard. */
    public synchronized @Nullable String current() {
        Piece piece = queue.peek();
        return piece == null ? null : piece.speech.itemId;
    }

    /** Milliseconds of the item that have been heard. */
    public synchronized long playedMillis(String itemId) {
        Speech speech = speeches.get(itemId);
        return speech == null ? 0 : ConversationClock.millis(speech.played);
    }

    /** Milliseconds of the item that have arrived. */
    public synchronized long receivedMillis(String itemId) {
        Speech speech = speeches.get(itemId);
        return speech == null ? 0 : ConversationClock.millis(speech.received);
    }

    /** The time up to which was played. */
    public synchronized long now() {
        return now;
    }
}
