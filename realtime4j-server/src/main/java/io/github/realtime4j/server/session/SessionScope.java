package io.github.realtime4j.server.session;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.validation.SessionKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of one session have in common. Confined to the session's loop. */
final class SessionScope {
    final ServerParts server;
    final SerialLoop loop;
    final Outbox out;
    final Ids ids;
    final ConversationItems items = new ConversationItems();
    final String conversationId;
    final OutputAudio output;
    SessionSettings settings;
    private final Set<Runnable> timers = new HashSet<>();
    private boolean ended;

    SessionScope(ServerParts server, SerialLoop loop, Outbox out, Ids ids, SessionSettings settings) {
        this(server, loop, out, ids, settings, null);
    }

    /** @param caller who hears the model; null if its sound is sent in events */
    SessionScope(
            ServerParts server,
            SerialLoop loop,
            Outbox out,
            Ids ids,
            SessionSettings settings,
            @Nullable Earpiece caller) {
        this.server = server;
        this.loop = loop;
        this.out = out;
        this.ids = ids;
        this.settings = settings;
        this.conversationId = ids.conversation();
        this.output = caller == null ? new SentAudio(out) : new PlayedAudio(this, caller);
    }

    SessionKind kind() {
        return settings.kind();
    }

    boolean isCall() {
        return output instanceof PlayedAudio;
    }

    boolean isEnded() {
        return ended;
    }

    void truncate(ConversationItem item, int contentIndex, long endMs) {
        item.truncate(contentIndex, endMs);
        out.send(
                "conversation.item.truncated",
                "item_id",
                item.id(),
                "content_index",
                contentIndex,
                "audio_end_ms",
                endMs);
    }

    void refuse(@Nullable ErrorDetail error) {
        if (error != null) {
            out.sendError(error);
        }
    }

    /** Runs a task in the loop after some time, unless the session has ended or the returned task was run before. */
    Runnable after(Duration delay, Runnable task) {
        Timer timer = new Timer(task);
        timer.cancel = server.time().schedule(delay, () -> loop.execute(timer::fire));
        timers.add(timer);
        return timer;
    }

    /**
     * Computes something on a worker and comes back with it.
     *
     * @param failed in the loop, if it threw
     */
    <T> void work(Supplier<T> blocking, Consumer<T> done, Consumer<Throwable> failed) {
        try {
            server.workers().execute(() -> {
                T result;
                try {
                    result = blocking.get();
                } catch (RuntimeException | Error failure) {
                    loop.execute(() -> comeBack(() -> failed.accept(failure)));
                    return;
                }
                loop.execute(() -> comeBack(() -> done.accept(result)));
            });
        } catch (RejectedExecutionException closed) {
            end();
        }
    }

    private void comeBack(Runnable task) {
        if (!ended) {
            task.run();
        }
    }

    void end() {
        ended = true;
        out.end();
        Set.copyOf(timers).forEach(Runnable::run);
    }

    /** Running it calls it off. */
    private final class Timer implements Runnable {
        private final Runnable task;
        private Runnable cancel = () -> {};
        private boolean over;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            over = true;
            cancel.run();
            timers.remove(this);
        }

        void fire() {
            if (!over && !ended) {
                over = true;
                timers.remove(this);
                task.run();
            }
        }
    }
}
