package io.github.realtime4j.session;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.session.FunctionCalls.Result;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.InvalidArgumentsException;
import io.github.realtime4j.tool.ToolApproval;
import io.github.realtime4j.tool.ToolCall;
import io.github.realtime4j.tool.ToolHandler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way to its one answer: approval, handler, result. Whichever comes first settles it: an answer, the timeout,
 * or the session's end; what comes after is dropped.
 */
final class RunningCall<A> {
    private final FunctionCalls calls;
    private final FunctionTool<A> tool;
    private final ToolHandler<A> handler;
    private final ToolCall call;
    private final CompletableFuture<@Nullable Void> cancelled = new CompletableFuture<>();
    private final FutureTask<@Nullable Void> work = new FutureTask<>(this::handle, null);

    /** Null until decoded for an approval. */
    private volatile @Nullable A arguments;

    // Guarded by this.
    private boolean settled;
    private long startedAt;
    private @Nullable Future<?> timeout;

    RunningCall(
            FunctionCalls calls,
            FunctionTool<A> tool,
            ToolHandler<A> handler,
            String responseId,
            Item.FunctionCall item) {
        this.calls = calls;
        this.tool = tool;
        this.handler = handler;
        this.call = new ToolCall(responseId, item, cancelled, calls.executor);
        this.startedAt = calls.nanoTime.getAsLong();
    }

    ToolCall call() {
        return call;
    }

    boolean isBackground() {
        return tool.isBackground();
    }

    void start() {
        if (tool.isBackground()) {
            calls.postpone(this);
        }
        if (!tool.isApprovalNeeded()) {
            run();
            return;
        }
        try {
            calls.executor.execute(this::askApproval);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    /** Nobody is asked for a call that cannot run. */
    private void askApproval() {
        try {
            arguments = tool.decode(call.arguments());
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        if (call.isCancelled()) {
            return;
        }
        try {
            calls.approval.decide(call).whenComplete(this::decided);
        } catch (RuntimeException | Error e) {
            decided(null, e);
        }
    }

    private void decided(ToolApproval.@Nullable Decision decision, @Nullable Throwable failure) {
        if (decision != null && decision.approve()) {
            run();
        } else if (settle()) {
            String reason = decision == null ? "the approval failed" : decision.reason();
            String denial = tool.name() + " was not allowed to run" + (reason == null ? "" : ": " + reason);
            calls.answer(this, OutputText.error(denial), took(), Result.DENIED);
            if (failure != null) {
                calls.problem(failure);
            }
        }
    }

    private void run() {
        synchronized (this) {
            if (settled) {
                return;
            }
            startedAt = calls.nanoTime.getAsLong();
        }
        try {
            long nanos = TimeUnit.NANOSECONDS.convert(tool.timeout());
            Future<?> limit = calls.scheduler.schedule(this::expire, nanos, TimeUnit.NANOSECONDS);
            synchronized (this) {
                timeout = limit;
                if (settled) {
                    limit.cancel(false);
                }
            }
            calls.executor.execute(work);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void handle() {
        Object result;
        try {
            A decoded = arguments != null ? arguments : tool.decode(call.arguments());
            result = handler.call(decoded, call);
        } catch (Throwable e) {
            fail(e);
            return;
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    succeed(value);
                } else {
                    fail(failure);
                }
            });
        } else {
            succeed(result);
        }
    }

    private void succeed(@Nullable Object result) {
        String output;
        try {
            output = OutputText.of(result);
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        if (settle()) {
            calls.answer(this, output, took(), Result.ANSWERED);
        }
    }

    private void fail(Throwable failure) {
        if (settle()) {
            Throwable cause = cause(failure);
            String message = cause.getMessage() == null ? tool.name() + " failed" : cause.getMessage();
            calls.answer(this, OutputText.error(message), took(), Result.FAILED);
            if (!(cause instanceof InvalidArgumentsException)) {
                calls.problem(cause);
            }
        }
    }

    /** What went wrong in a future, without the futures' own exceptions around it. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void expire() {
        if (settle()) {
            stop();
            String error = tool.name() + " did not answer within " + seconds(tool.timeout());
            calls.answer(this, OutputText.error(error), took(), Result.TIMED_OUT);
        }
    }

    /** The session is over: nobody is told anything but the handler. */
    void cancel() {
        if (settle()) {
            stop();
        }
    }

    private void stop() {
        cancelled.complete(null);
        work.cancel(true);
    }

    private synchronized boolean settle() {
        if (settled) {
            return false;
        }
        settled = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        return true;
    }

    private synchronized Duration took() {
        return Duration.ofNanos(calls.nanoTime.getAsLong() - startedAt);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
