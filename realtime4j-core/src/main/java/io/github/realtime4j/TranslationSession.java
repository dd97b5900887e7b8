package io.github.realtime4j;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.session.Deadlines.Deadline;
import io.github.realtime4j.session.Outgoing.Order;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A session that says in one language what it hears in another, while it hears it. It has no turns, items or responses:
 * audio goes in all the time, silence included, and speech and words come out. Any thread may call.
 */
public final class TranslationSession implements AutoCloseable {
    private final RealtimeSession session;
    private final SessionParts parts;

    TranslationSession(RealtimeSession session, SessionParts parts) {
        this.session = session;
        this.parts = parts;
    }

    /** Connects as {@link RealtimeSession#connect} does. */
    public TranslationSession connect() {
        session.connect();
        return this;
    }

    /** The session underneath: its life, settings and events. */
    public RealtimeSession session() {
        return session;
    }

    /** Queues audio, 24 kHz PCM, as {@link InputAudioBuffer#append(AudioBytes)} does. Keep sending silence, too. */
    public void append(AudioBytes audio) {
        session.live().commands().append(new ClientEvent.SessionInputAudioBufferAppend(audio));
    }

    /** The translated speech from now on. Reading waits for a slow consumer. */
    public View<SessionEvent.OutputAudioDelta> audio() {
        return view(SessionEvent.OutputAudioDelta.class, event -> event);
    }

    /** The translated words, from now on. Each piece brings its own spaces. */
    public View<String> translation() {
        return view(SessionEvent.OutputTranscriptDelta.class, SessionEvent.OutputTranscriptDelta::delta);
    }

    /** The words as they were spoken, from now on; only if the configuration asks for a transcription. */
    public View<String> source() {
        return view(SessionEvent.InputTranscriptDelta.class, SessionEvent.InputTranscriptDelta::delta);
    }

    private <E extends SessionEvent, T> View<T> view(Class<E> type, Function<? super E, T> as) {
        return parts.subscriptions().view(Subscriptions.each(type, as));
    }

    /**
     * Says that no audio follows, and lets the server say what is left: it then says {@code session.closed}.
     *
     * @param patience after which the session is closed anyway
     * @return the end of the session
     */
    public CompletableFuture<SessionEnd> finish(Duration patience) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        session.on(SessionEvent.Closed.class, closed -> drained.complete(true));
        session.ended().thenRun(() -> drained.complete(false));
        SessionCommands commands = session.live().commands();
        commands.send(new ClientEvent.SessionClose(commands.nextEventId()), Order.AFTER_AUDIO);
        Deadline deadline =
                parts.deadlines().after(patience, () -> parts.callbacks().execute(() -> drained.complete(false)));
        drained.thenRun(deadline::cancel);
        return drained.thenCompose(over -> session.closeAsync());
    }

    /** Closes at once; what has not been said is lost. See {@link #finish}. */
    @Override
    public void close() {
        session.close();
    }
}
