package io.github.realtime4j.voice;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant says and has not been heard to the end, in the order in which it came, one part after the other, and
 * which responses are not for anybody's ears any more. Confined to {@link Playback}.
 */
final class SpeechQueue {
    private static final int REMEMBERED = 16;

    private final int sampleRate;
    private final ArrayDeque<Speech> speeches = new ArrayDeque<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> silenced = new HashSet<>();

    /** The formats of responses that have one of their own. */
    private final Map<String, AudioFormat> formats = new HashMap<>(2);

    /** The newest responses that are over: of them nothing can follow. */
    private final Set<String> ended = new LinkedHashSet<>();

    /** @param sampleRate at which it is played */
    SpeechQueue(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /** @param format of its own; null if it speaks in the session's */
    void began(String responseId, @Nullable AudioFormat format) {
        running.add(responseId);
        if (format != null) {
            formats.put(responseId, format);
        }
    }

    /** @param format of the session */
    void add(ResponseEvent.OutputAudioDelta delta, AudioFormat format) {
        if (isForAnybody(delta.responseId())) {
            running.add(delta.responseId());
            speech(new Part(delta.itemId(), delta.contentIndex()), delta.responseId(), format)
                    .add(delta.delta());
        }
    }

    /** The next words of a part; they come before their sound. */
    void append(Part part, String responseId, AudioFormat format, String words) {
        if (isForAnybody(responseId)) {
            speech(part, responseId, format).append(words);
        }
    }

    private boolean isForAnybody(String responseId) {
        return !silenced.contains(responseId) && !ended.contains(responseId);
    }

    /** All words of a part; one that has been heard to the end needs none. */
    void transcript(Part part, String words) {
        Speech speech = find(part);
        if (speech != null) {
            speech.transcript(words);
        }
    }

    void complete(Part part) {
        Speech speech = find(part);
        if (speech != null) {
            speech.complete();
        }
    }

    void done(String responseId) {
        running.remove(responseId);
        silenced.remove(responseId);
        formats.remove(responseId);
        ended.add(responseId);
        if (ended.size() > REMEMBERED) {
            ended.remove(ended.iterator().next());
        }
        for (Speech speech : speeches) {
            if (speech.responseId().equals(responseId)) {
                speech.complete();
            }
        }
    }

    /** Nothing more will come. */
    void lastWords() {
        running.clear();
        silenced.clear();
        formats.clear();
        speeches.forEach(Speech::complete);
    }

    private Speech speech(Part part, String responseId, AudioFormat format) {
        Speech speech = find(part);
        if (speech == null) {
            speech = new Speech(part, responseId, formats.getOrDefault(responseId, format), sampleRate);
            speeches.addLast(speech);
        }
        return speech;
    }

    @Nullable
    Speech find(Part part) {
        for (Speech speech : speeches) {
            if (speech.part().equals(part)) {
                return speech;
            }
        }
        return null;
    }

    boolean has(String itemId) {
        return speeches.stream().anyMatch(speech -> speech.part().itemId().equals(itemId));
    }

    /** The one that has to be heard to its end before any other; null if there is none. */
    @Nullable
    Speech first() {
        return speeches.peek();
    }

    /** The one whose samples are next; null if what there is has been written, or is still to come. */
    @Nullable
    Speech next() {
        for (Speech speech : speeches) {
            if (!speech.isWritten()) {
                return speech;
            }
        }
        return null;
    }

    void remove(Speech speech) {
        speeches.remove(speech);
    }

    boolean isEmpty() {
        return speeches.isEmpty();
    }

    /** Forgets everything, and what still comes of the responses that run. */
    List<Speech> cut() {
        List<Speech> cut = List.copyOf(speeches);
        speeches.clear();
        silenced.addAll(running);
        return cut;
    }

    int retained() {
        return speeches.size() + running.size() + silenced.size() + formats.size();
    }
}
