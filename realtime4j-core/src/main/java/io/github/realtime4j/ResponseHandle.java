package io.github.realtime4j;

import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.session.ReadGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One response, from the asking to its end. Any thread may hold it.
 *
 * <pre>{@code
 * ResponseHandle response = session.respond();
 * for (ResponseEvent.OutputAudioDelta piece : response.audio()) {
 *     answer.write(piece.delta());
 * }
 * System.out.println(response.done().join().text());
 * }</pre>
 *
 * <p>{@link #done} completes with what became of it, which may be a failure; it fails only if there was never a response:
 * the server refused or did not answer the {@code response.create}, or the connection ended.
 */
public final class ResponseHandle {
    /** Some five seconds of PCM. */
    private static final int KEPT_BYTES = 1 << 18;

    private final Executor callbacks;
    private final ReadGate gate;
    private final Consumer<ResponseHandle> cancel;
    private final CompletableFuture<Response> created = new CompletableFuture<>();
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();

    // All guarded by this.
    private final List<String> pieces = new ArrayList<>();
    private final List<View<String>> textViews = new ArrayList<>(1);
    private final List<View<ResponseEvent.OutputAudioDelta>> audioViews = new ArrayList<>(1);
    private @Nullable Queue<ResponseEvent.OutputAudioDelta> held;
    private int heldBytes;
    private boolean keeps;
    private boolean holds;
    private @Nullable String id;
    private boolean over;
    private @Nullable RuntimeException problem;

    /**
     * @param callbacks completes futures, calls subscribers
     * @param cancel of this handle, by its session
     */
    ResponseHandle(Executor callbacks, ReadGate gate, Consumer<ResponseHandle> cancel) {
        this.callbacks = callbacks;
        this.gate = gate;
        this.cancel = cancel;
    }

    /** The response's id; null until {@link #created}. */
    public synchronized @Nullable String id() {
        return id;
    }

    /** Completes with {@code response.created}: the server has begun. */
    public CompletableFuture<Response> created() {
        return created.copy();
    }

    /** Completes when the response has ended, however that was. */
    public CompletableFuture<Outcome> done() {
        return done.copy();
    }

    /** What is written, or the words of what is said, piece by piece from the first on, whenever this is called. */
    public synchronized View<String> text() {
        View<String> view = new View<>(SlowConsumer.WAIT, Integer.MAX_VALUE, new ReadGate(), callbacks);
        pieces.forEach(piece -> view.offer(piece, piece.length()));
        attach(view, textViews);
        return view;
    }

    /**
     * The speech. Who asked for the response, or is told of it by {@link RealtimeSession#onResponse}, and calls this at once
     * gets it from its beginning; later than some five seconds of audio, from now on. When its consumer is slow, reading from
     * the network pauses.
     */
    public synchronized View<ResponseEvent.OutputAudioDelta> audio() {
        View<ResponseEvent.OutputAudioDelta> view = new View<>(SlowConsumer.WAIT, Integer.MAX_VALUE, gate, callbacks);
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

    /**
     * Stops it, wherever it is: not sent yet, on its way, or running. No harm if it has ended.
     *
     * @return {@link #done}
     */
    public CompletableFuture<Outcome> cancel() {
        cancel.accept(this);
        return done();
    }

    /** Keeps the first audio, for the one who has asked for the response and may yet attach a view. */
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

    void created(Response response) {
        synchronized (this) {
            id = response.id();
        }
        callbacks.execute(() -> created.complete(response));
    }

    /** The response was another's: forget what was heard of it. */
    synchronized void uncreated() {
        id = null;
        pieces.clear();
    }

    /** The next piece of text or transcript. */
    synchronized void text(String piece) {
        pieces.add(piece);
        textViews.forEach(view -> view.offer(piece, piece.length()));
    }

    synchronized void audio(ResponseEvent.OutputAudioDelta delta) {
        if (held != null) {
            held.add(delta);
            heldBytes += delta.delta().size();
            forget();
        }
        audioViews.forEach(view -> view.offer(delta, delta.delta().size()));
    }

    void done(Outcome outcome) {
        end(null);
        callbacks.execute(() -> {
            created.complete(outcome.response());
            done.complete(outcome);
        });
    }

    void failed(RuntimeException why) {
        end(why);
        callbacks.execute(() -> {
            created.completeExceptionally(why);
            done.completeExceptionally(why);
        });
    }

    private synchronized void end(@Nullable RuntimeException why) {
        over = true;
        problem = why;
        textViews.forEach(view -> view.end(why));
        audioViews.forEach(view -> view.end(why));
    }
}
