package io.github.realtime4j.voice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been heard of whom: an account of what was written to a player, settled with how many samples the player says
 * that it has played. Whether it says so from a device's position, a telephone's marks or a browser's acknowledgements is
 * all the same. It is what an interruption has to be told with.
 *
 * <p>Remembers the last items only. Safe from any thread.
 */
public final class PlaybackClock {
    private static final int REMEMBERED = 32;

    private final int sampleRate;

    // All guarded by this.
    private final Deque<Run> written = new ArrayDeque<>();
    private final Map<Part, Long> heard = new LinkedHashMap<>();
    private long played;
    private long unplayed;

    /** One part of one item: what a truncation names. */
    public record Part(String itemId, int contentIndex) {}

    /** So many samples in a row of one part. */
    public record Run(Part part, long samples) {}

    /** @param sampleRate of what is played */
    public PlaybackClock(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /** These samples have been given to the player, to be played after all before them. */
    public synchronized void wrote(Part part, long samples) {
        written.add(new Run(part, samples));
        unplayed += samples;
    }

    /**
     * The player has played this many samples since its opening.
     *
     * @return what of it is news, in order; fewer than told if less was written
     */
    public synchronized List<Run> played(long total) {
        List<Run> news = new ArrayList<>(2);
        for (long left = Math.min(total - played, unplayed); left > 0; ) {
            Run head = written.remove();
            long count = Math.min(left, head.samples);
            if (count < head.samples) {
                written.addFirst(new Run(head.part, head.samples - count));
            }
            left -= count;
            played += count;
            unplayed -= count;
            add(head.part, count);
            news.add(new Run(head.part, count));
        }
        return news;
    }

    private void add(Part part, long samples) {
        heard.merge(part, samples, Long::sum);
        if (heard.size() > REMEMBERED) {
            heard.remove(heard.keySet().iterator().next());
        }
    }

    /**
     * What was written and not played has been thrown away.
     *
     * @param total samples that the player has played by then; what it may tell of them later is no news
     */
    public synchronized void flushed(long total) {
        written.clear();
        unplayed = 0;
        played = Math.max(played, total);
    }

    /** How much has been heard of a part. */
    public synchronized Duration heard(Part part) {
        return Duration.ofNanos(Pacer.nanos(samples(part), sampleRate));
    }

    /** Whether anything has been heard of an item. */
    synchronized boolean isHeard(String itemId) {
        return heard.keySet().stream().anyMatch(part -> part.itemId().equals(itemId));
    }

    synchronized long samples(Part part) {
        return heard.getOrDefault(part, 0L);
    }

    /** What is being heard; null if nothing is. */
    public synchronized @Nullable Part current() {
        Run head = written.peek();
        return head == null ? null : head.part;
    }

    /** Samples that were written and have not been heard. */
    public synchronized long unheard() {
        return unplayed;
    }
}
