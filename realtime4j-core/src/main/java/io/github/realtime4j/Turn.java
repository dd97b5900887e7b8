package io.github.realtime4j;

import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.session.ReadGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A turn of the model: a response and, when it calls functions that have handlers here, the responses that follow, until
 * one calls none. Any thread may hold it.
 */
public final class Turn {
    private final Executor callbacks;
    private final ResponseOutput output;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable ResponseHandle current;
    private boolean cancelled;

    Turn(Executor callbacks, ReadGate gate) {
        this.callbacks = callbacks;
        this.output = new ResponseOutput(callbacks, gate);
        output.keep();
    }

    /** What is written, or the words of what is said, in all its responses, piece by piece from the first on. */
    public View<String> text() {
        return output.textView();
    }

    /**
     * The speech of all its responses; from the beginning if this is called at once, and from now on when some five seconds of
     * audio have come. When its consumer is slow, reading from the network pauses.
     */
    public View<ResponseEvent.OutputAudioDelta> audio() {
        return output.audioView();
    }

    /**
     * The last response, complete or cut short.
     *
     * @return fails with {@link ResponseFailedException} if a response failed or was cancelled, with {@link
     *     ServerErrorException} if the server refused one, or the question
     */
    public CompletableFuture<Response> answer() {
        return answer.copy();
    }

    /**
     * Waits for {@link #answer}.
     *
     * @throws RealtimeException as it fails
     */
    public Response join() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RealtimeException why) {
                throw why;
            }
            throw e;
        }
    }

    /** Stops it: the response that runs, and those that would follow. No harm if it has ended. */
    public void cancel() {
        ResponseHandle running;
        synchronized (this) {
            cancelled = true;
            running = current;
        }
        if (running != null) {
            running.cancel();
        }
    }

    /** It goes on with this response, which may not have begun. */
    void goesOn(ResponseHandle response) {
        boolean stop;
        synchronized (this) {
            current = response;
            stop = cancelled;
        }
        if (stop) {
            response.cancel();
        }
    }

    ResponseOutput output() {
        return output;
    }

    void over(Outcome outcome) {
        if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Cancelled) {
            failed(new ResponseFailedException(outcome));
        } else {
            output.end(null);
            callbacks.execute(() -> answer.complete(outcome.response()));
        }
    }

    void failed(RuntimeException why) {
        output.end(why);
        callbacks.execute(() -> answer.completeExceptionally(why));
    }
}
