package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sound in a call: responses are played one after another, in real time, and the session's events tell when each begins,
 * ends or is cut off. Confined to the session's loop, but for {@link #heard}.
 */
final class PlayedAudio implements OutputAudio {
    private static final long STEP_MILLIS = 20;

    private final SessionScope scope;
    private final Earpiece earpiece;

    /** The first one is playing. */
    private final Deque<Track> tracks = new ArrayDeque<>();

    /** Responses that were cut off and still say something, which is not played. */
    private final Set<String> silenced = new HashSet<>();

    /** When everything of the playing response that is there will have been heard. */
    private Instant endsAt = Instant.EPOCH;

    private @Nullable Runnable timer;

    PlayedAudio(SessionScope scope, Earpiece earpiece) {
        this.scope = scope;
        this.earpiece = earpiece;
    }

    /** The sound of one response. */
    private static final class Track {
        private final String responseId;
        private final Map<Piece, Duration> parts = new LinkedHashMap<>();
        private boolean complete;

        Track(String responseId) {
            this.responseId = responseId;
        }

        Duration length() {
            return parts.values().stream().reduce(Duration.ZERO, Duration::plus);
        }
    }

    @Override
    public synchronized void add(Piece piece, AudioBytes audio, AudioFormat format) {
        String responseId = piece.responseId();
        if (silenced.contains(responseId)) {
            return;
        }
        boolean begins = tracks.isEmpty();
        Track track = track(responseId);
        Duration length = format.durationOf(audio.size());
        track.parts.merge(piece, length, Duration::plus);
        earpiece.add(audio, format);
        if (begins) {
            started(track);
        } else if (tracks.peek() == track) {
            endsAt = laterOf(endsAt, now()).plus(length);
        }
    }

    private Track track(String responseId) {
        for (Track track : tracks) {
            if (track.responseId.equals(responseId)) {
                return track;
            }
        }
        Track track = new Track(responseId);
        tracks.add(track);
        return track;
    }

    private void started(Track track) {
        endsAt = now().plus(track.length());
        scope.out.sendMediaEvent("output_audio_buffer.started", track.responseId);
        stopWhenHeard(track);
    }

    @Override
    public synchronized void responseDone(String responseId) {
        silenced.remove(responseId);
        for (Track track : tracks) {
            if (track.responseId.equals(responseId)) {
                track.complete = true;
            }
        }
        Track playing = tracks.peek();
        if (playing != null && playing.responseId.equals(responseId)) {
            stopWhenHeard(playing);
        }
    }

    private void stopWhenHeard(Track playing) {
        if (playing.complete) {
            timer = scope.after(unplayed(), this::stopped);
        }
    }

    private synchronized void stopped() {
        timer = null;
        Track played = tracks.remove();
        scope.out.sendMediaEvent("output_audio_buffer.stopped", played.responseId);
        Track next = tracks.peek();
        if (next != null) {
            started(next);
        }
    }

    @Override
    public synchronized List<Unheard> clear() {
        Track playing = tracks.peek();
        if (playing == null) {
            return List.of();
        }
        if (timer != null) {
            timer.run();
            timer = null;
        }
        earpiece.cut(unheard());
        List<Unheard> unheard = new ArrayList<>();
        Duration left = unplayed();
        for (Track track : tracks) {
            unheard.addAll(unheard(track, track == playing ? left : track.length()));
            if (!track.complete) {
                silenced.add(track.responseId);
            }
        }
        tracks.clear();
        scope.out.sendMediaEvent("output_audio_buffer.cleared", playing.responseId);
        return unheard;
    }

    private static List<Unheard> unheard(Track track, Duration unplayed) {
        List<Unheard> unheard = new ArrayList<>();
        List<Map.Entry<Piece, Duration>> backwards = new ArrayList<>(track.parts.entrySet());
        Collections.reverse(backwards);
        long left = unplayed.toMillis();
        for (Map.Entry<Piece, Duration> part : backwards) {
            long length = part.getValue().toMillis();
            if (left > 0) {
                long played = Math.max(0, length - left) / STEP_MILLIS * STEP_MILLIS;
                unheard.add(0, new Unheard(part.getKey().itemId(), part.getKey().contentIndex(), played));
            }
            left -= length;
        }
        return unheard;
    }

    /** 24 kHz PCM that the caller has heard. From any thread. */
    synchronized AudioBytes heard() {
        return earpiece.heard(unheard());
    }

    /** Everything that is there and was not played yet. */
    private Duration unheard() {
        Duration sum = Duration.ZERO;
        for (Track track : tracks) {
            sum = sum.plus(track == tracks.peek() ? unplayed() : track.length());
        }
        return sum;
    }

    private Duration unplayed() {
        return Duration.between(now(), laterOf(endsAt, now()));
    }

    private Instant now() {
        return scope.server.time().instant();
    }

    private static Instant laterOf(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
