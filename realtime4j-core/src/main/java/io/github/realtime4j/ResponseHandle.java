package io.github.realtime4j;

import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.session.ReadGate;
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
    private final Executor callbacks;
    private final Consumer<ResponseHandle> cancel;
    private final ResponseOutput output;
    private final CompletableFuture<Response> created = new CompletableFuture<>();
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();

    /** Null until the server has begun. */
    private volatile @Nullable String id;

    /**
     * @param callbacks completes futures, calls subscribers
     * @param cancel of this handle, by its session
     */
    ResponseHandle(Executor callbacks, ReadGate gate, Consumer<ResponseHandle> cancel) {
        this.callbacks = callbacks;
        this.cancel = cancel;
        this.output = new ResponseOutput(callbacks, gate);
    }

    /** The response's id; null until {@link #created}. */
    public @Nullable String id() {
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
    public View<String> text() {
        return output.textView();
    }

    /**
     * The speech. Who asked for the response, or is told of it by {@link RealtimeSession#onResponse}, and calls this at once
     * gets it from its beginning; later than some five seconds of audio, from now on. When its consumer is slow, reading from
     * the network pauses.
     */
    public View<ResponseEvent.OutputAudioDelta> audio() {
        return output.audioView();
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

    ResponseOutput output() {
        return output;
    }

    void created(Response response) {
        id = response.id();
        callbacks.execute(() -> created.complete(response));
    }

    /** The response was another's. */
    void uncreated() {
        id = null;
        output.forgetText();
    }

    void done(Outcome outcome) {
        output.end(null);
        callbacks.execute(() -> {
            created.complete(outcome.response());
            done.complete(outcome);
        });
    }

    void failed(RuntimeException why) {
        output.end(why);
        callbacks.execute(() -> {
            created.completeExceptionally(why);
            done.completeExceptionally(why);
        });
    }
}
