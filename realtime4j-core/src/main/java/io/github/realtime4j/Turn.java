package io.github.realtime4j;

import io.github.realtime4j.protocol.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A turn of the model: a response, those that follow its function calls, and the answer in the last of them. */
final class Turn {
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final Executor callbacks;

    Turn(Executor callbacks) {
        this.callbacks = callbacks;
    }

    CompletableFuture<Response> answer() {
        return answer;
    }

    void over(Outcome outcome) {
        if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Cancelled) {
            failed(new ResponseFailedException(outcome));
        } else {
            callbacks.execute(() -> answer.complete(outcome.response()));
        }
    }

    void failed(RuntimeException why) {
        callbacks.execute(() -> answer.completeExceptionally(why));
    }
}
