package io.github.realtime4j.voice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's handlers what happens, in order, on their own executor. Safe from any thread. */
final class VoiceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    private final VoiceClock clock;
    private final List<Consumer<VoiceEvent>> handlers;
    private final Executor executor;
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
    private volatile long start;
    private volatile boolean closed;

    /** @param executor runs one task after the other */
    VoiceEvents(VoiceClock clock, List<Consumer<VoiceEvent>> handlers, Executor executor) {
        this.clock = clock;
        this.start = clock.nanos();
        this.handlers = List.copyOf(handlers);
        this.executor = executor;
    }

    /** Now is the start. */
    void begin() {
        start = clock.nanos();
    }

    /** Time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(clock.nanos() - start);
    }

    /** @param event given the time */
    void tell(Function<Duration, VoiceEvent> event) {
        if (!handlers.isEmpty() && !closed) {
            VoiceEvent told = event.apply(elapsed());
            executor.execute(() -> handlers.forEach(handler -> guarded(handler, told)));
        }
    }

    /** Completes when nothing more will be heard, after all handlers have been told what was. */
    CompletableFuture<@Nullable Void> finished() {
        return finished.copy();
    }

    /** Nothing more will be heard. */
    void finish() {
        if (!finished.isDone()) {
            executor.execute(() -> finished.complete(null));
        }
    }

    /** Nobody is told anything any more. */
    void close() {
        closed = true;
    }

    private void guarded(Consumer<VoiceEvent> handler, VoiceEvent event) {
        try {
            if (!closed) {
                handler.accept(event);
            }
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A handler of {} threw; the conversation goes on",
                    event.getClass().getSimpleName(),
                    e);
        }
    }
}
