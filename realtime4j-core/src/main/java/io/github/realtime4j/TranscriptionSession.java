package io.github.realtime4j;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.session.CommitOrder;
import io.github.realtime4j.session.Deadlines.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that only writes down what it hears. Partial transcripts come as they are; final ones in the order in which the
 * turns were committed, whatever order the service finishes them in. Any thread may call.
 */
public final class TranscriptionSession implements AutoCloseable {
    private final RealtimeSession session;
    private final SessionParts parts;

    // In the session's confinement.
    private final CommitOrder<String> open = new CommitOrder<>();
    private @Nullable CompletableFuture<@Nullable Void> allFinal;

    TranscriptionSession(RealtimeSession session, SessionParts parts) {
        this.session = session;
        this.parts = parts;
        parts.subscriptions().observe(this::track);
    }

    /** Connects as {@link RealtimeSession#connect} does. */
    public TranscriptionSession connect() {
        session.connect();
        return this;
    }

    /** The session underneath: its life, settings, events and usage. It has no responses. */
    public RealtimeSession session() {
        return session;
    }

    /** Queues audio as {@link InputAudioBuffer#append(AudioBytes)} does. */
    public void append(AudioBytes audio) {
        session.input().append(audio);
    }

    /** Ends a turn as {@link InputAudioBuffer#commit} does; needed where turn detection is off. */
    public CompletableFuture<String> commit() {
        return session.input().commit();
    }

    /** What is heard from now on. Reading waits for a slow consumer. */
    public View<Transcript> transcripts() {
        return parts.subscriptions().view(new Ordered()::show);
    }

    /** Calls a handler for what is heard from now on. */
    public void onTranscript(Consumer<Transcript> handler) {
        parts.subscriptions().on(new Ordered()::show, handler);
    }

    /**
     * Says that no audio follows: commits what is left, waits until every turn is final, and closes.
     *
     * @param patience after which the session is closed anyway
     * @return the end of the session
     */
    public CompletableFuture<SessionEnd> finish(Duration patience) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        // Nothing may be left to commit: then the server says so.
        commit().handle((itemId, nothingLeft) -> null)
                .thenRun(() -> parts.confinement().run(() -> {
                    allFinal = done;
                    settle();
                }));
        Deadline deadline =
                parts.deadlines().after(patience, () -> parts.callbacks().execute(() -> done.complete(null)));
        done.thenRun(deadline::cancel);
        session.ended().thenRun(() -> done.complete(null));
        return done.thenCompose(over -> session.closeAsync());
    }

    /** Closes at once; what is not final by now is lost. See {@link #finish}. */
    @Override
    public void close() {
        session.close();
    }

    private void track(ServerEvent event) {
        if (event instanceof InputAudioBufferEvent.Committed committed) {
            open.committed(committed.itemId());
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted completed) {
            open.finished(completed.itemId(), "", any -> {});
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionFailed failed) {
            open.finished(failed.itemId(), "", any -> {});
        } else if (event instanceof ConversationEvent.ItemDeleted deleted) {
            open.gone(deleted.itemId(), any -> {});
        } else {
            return;
        }
        settle();
    }

    private void settle() {
        CompletableFuture<@Nullable Void> waiting = allFinal;
        if (waiting != null && open.isComplete()) {
            parts.callbacks().execute(() -> waiting.complete(null));
        }
    }

    /** Transcripts of one consumer, final ones in the order of the commits. */
    private static final class Ordered {
        private final Transcripts pieces = new Transcripts();
        private final CommitOrder<Transcript> order = new CommitOrder<>();

        void show(ServerEvent event, Consumer<Transcript> out) {
            if (event instanceof InputAudioBufferEvent.Committed committed) {
                order.committed(committed.itemId());
            } else if (event instanceof ConversationEvent.ItemDeleted deleted) {
                order.gone(deleted.itemId(), out);
            } else {
                pieces.show(event, transcript -> {
                    if (transcript.isFinal()) {
                        order.finished(transcript.itemId(), transcript, out);
                    } else {
                        out.accept(transcript);
                    }
                });
            }
        }
    }
}
