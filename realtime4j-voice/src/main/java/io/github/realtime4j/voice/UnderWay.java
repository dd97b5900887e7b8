package io.github.realtime4j.voice;

import io.github.realtime4j.voice.PlaybackClock.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has left the queue and has not been heard: on its way through the sink, or thrown away by a hold and to be written
 * once more. Confined to {@link Playback}, but for its clock.
 */
final class UnderWay {
    private final PlaybackClock clock;
    private final ArrayDeque<Piece> written = new ArrayDeque<>();
    private final ArrayDeque<Piece> thrownAway = new ArrayDeque<>();

    UnderWay(int sampleRate) {
        this.clock = new PlaybackClock(sampleRate);
    }

    PlaybackClock clock() {
        return clock;
    }

    /** What was thrown away first; null if nothing is left of it. */
    @Nullable
    Piece again() {
        return thrownAway.poll();
    }

    /** It will be heard after all that were written before. */
    void wrote(Piece piece) {
        written.add(piece);
        clock.wrote(piece.part(), piece.length());
    }

    /**
     * @param total samples that the sink has played since its opening
     * @return what of it is news, in order
     */
    List<Piece> played(long total) {
        List<Piece> news = new ArrayList<>(2);
        for (Run run : clock.played(total)) {
            for (long left = run.samples(); left > 0; ) {
                Piece head = written.remove();
                int count = (int) Math.min(left, head.length());
                if (count < head.length()) {
                    written.addFirst(head.without(count));
                }
                news.add(head.first(count));
                left -= count;
            }
        }
        return news;
    }

    /** The sink has thrown away what it had not played. */
    void flushed(long total) {
        clock.flushed(total);
        for (Piece piece = written.pollLast(); piece != null; piece = written.pollLast()) {
            thrownAway.addFirst(piece);
        }
    }

    /** What was thrown away is not written again. */
    void forget() {
        thrownAway.clear();
    }

    int retained() {
        return written.size() + thrownAway.size();
    }
}
