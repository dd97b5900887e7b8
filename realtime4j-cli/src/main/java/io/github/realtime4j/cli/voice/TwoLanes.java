package io.github.realtime4j.cli.voice;

import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.voice.VoiceEvent;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a voice and its session tell, on two threads, in one order. Each keeps its own; and what the server says from
 * {@code speech_started} on comes after what the voice has made of that: an interruption is told before the words that
 * interrupted. Any thread adds, one takes.
 */
final class TwoLanes {
    private static final long TICK_MILLIS = 10;

    private final BlockingQueue<Told> queue = new LinkedBlockingQueue<>();

    // Confined to the thread that takes.
    /** Of the session, in order, from a beginning of speech on of which the voice has not told yet. */
    private final ArrayDeque<Told> waiting = new ArrayDeque<>();

    /** Beginnings of speech of which only the voice has told. */
    private int started;

    /**
     * @param at milliseconds; those of a voice's event are its own
     * @param event a {@link VoiceEvent} or a {@link ServerEvent}
     */
    record Told(long at, Object event) {}

    void voice(VoiceEvent event) {
        queue.add(new Told(event.at().toMillis(), event));
    }

    void session(long at, ServerEvent event) {
        queue.add(new Told(at, event));
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The next thing that has happened; null if a tick has passed without. */
    @Nullable
    Told take() throws InterruptedException {
        Told next = released();
        while (next == null) {
            Told told = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (told == null) {
                return null;
            }
            if (told.event() instanceof ServerEvent) {
                waiting.add(told);
                next = released();
            } else {
                started += told.event() instanceof VoiceEvent.UserStarted ? 1 : 0;
                next = told;
            }
        }
        return next;
    }

    private @Nullable Told released() {
        Told first = waiting.peek();
        if (first != null && first.event() instanceof InputAudioBufferEvent.SpeechStarted) {
            if (started == 0) {
                return null;
            }
            started--;
        }
        return waiting.poll();
    }
}
