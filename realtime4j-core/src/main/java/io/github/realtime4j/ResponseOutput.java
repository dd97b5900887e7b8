package io.github.realtime4j;

import io.github.realtime4j.protocol.ResponseEvent.OutputAudioDelta;
import io.github.realtime4j.session.ReadGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a response or a turn says, for those who listen: its words from the first on, its audio as long as it is kept. Safe
 * from any thread.
 */
final class ResponseOutput {
    /** Some five seconds of PCM. */
    private static final int KEPT_BYTES = 1 << 18;

    private final Executor callbacks;
    private final ReadGate gate;

    // All guarded by this.
    private final List<String> pieces = new ArrayList<>();
    private final List<View<String>> textViews = new ArrayList<>(1);
    private final List<View<OutputAudioDelta>> audioViews = new ArrayList<>(1);
    private @Nullable Queue<OutputAudioDelta> held;
    private int heldBytes;
    private boolean keeps;
    private boolean holds;
    private boolean over;
    private @Nullable RuntimeException problem;

    ResponseOutput(Executor callbacks, ReadGate gate) {
        this.callbacks = callbacks;
        this.gate = gate;
    }

    synchronized View<String> textView() {
        View<String> view = new View<>(SlowConsumer.WAIT, Integer.MAX_VALUE, new ReadGate(), callbacks);
        pieces.forEach(piece -> view.offer(piece, piece.length()));
        attach(view, textViews);
        return view;
    }

    synchronized View<OutputAudioDelta> audioView() {
        View<OutputAudioDelta> view = new View<>(SlowConsumer.WAIT, Integer.MAX_VALUE, gate, callbacks);
        if (held != null) {
            held.forEach(delta -> view.offer(delta, delta.delta().size()));
        }
        attach(view, audioViews);
        return view;
    }

    private <T> void attach(View<T> view, List<View<T>> views) {
        if (over) {
            view.end(problem);
        } else {
            views.add(view);
        }
    }

    /** Keeps the first audio, for the one who has asked for it and may yet attach a view. */
    synchronized void keep() {
        keeps = true;
        held = new ArrayDeque<>();
    }

    /** Keeps all audio until {@link #release}, for views that handlers may yet attach. */
    synchronized void hold() {
        holds = true;
        held = held == null ? new ArrayDeque<>() : held;
    }

    synchronized void release() {
        holds = false;
        forget();
    }

    private void forget() {
        if (!holds && (!keeps || heldBytes > KEPT_BYTES)) {
            held = null;
        }
    }

    /** It was another's: forget what was heard of it. */
    synchronized void forgetText() {
        pieces.clear();
    }

    /** The next piece of text or transcript. */
    synchronized void text(String piece) {
        pieces.add(piece);
        textViews.forEach(view -> view.offer(piece, piece.length()));
    }

    synchronized void audio(OutputAudioDelta delta) {
        if (held != null) {
            held.add(delta);
            heldBytes += delta.delta().size();
            forget();
        }
        audioViews.forEach(view -> view.offer(delta, delta.delta().size()));
    }

    /** Nothing follows. */
    synchronized void end(@Nullable RuntimeException why) {
        over = true;
        problem = why;
        textViews.forEach(view -> view.end(why));
        audioViews.forEach(view -> view.end(why));
    }
}
