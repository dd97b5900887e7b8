package io.github.realtime4j;

import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.session.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes times and tells them to the session's listener; without one, nothing. In the session's confinement. */
final class Measurements {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    private final @Nullable SessionListener listener;
    private final Lane lane;
    private final LongSupplier nanoTime;
    private final long created;
    private long connecting;

    /** In the lane: nothing is told after the end, which comes while answers still arrive on other threads. */
    private boolean over;

    /** When an answer was last asked for: by a request, or by the end of what the user said. */
    private long asked;

    private final Map<String, Progress> running = new HashMap<>(2);

    /** How far a response has come. */
    private static final class Progress {
        private final long asked;
        private boolean text;
        private boolean audio;

        Progress(long asked) {
            this.asked = asked;
        }
    }

    Measurements(@Nullable SessionListener listener, Lane lane, LongSupplier nanoTime) {
        this.listener = listener;
        this.lane = lane;
        this.nanoTime = nanoTime;
        this.created = nanoTime.getAsLong();
        this.connecting = created;
        this.asked = created;
    }

    void tell(Consumer<SessionListener> what) {
        SessionListener told = listener;
        if (told != null) {
            lane.add(() -> guarded(told, what), 0);
        }
    }

    private void guarded(SessionListener told, Consumer<SessionListener> what) {
        if (!over) {
            try {
                what.accept(told);
            } catch (RuntimeException | Error e) {
                LOG.error("The session's listener threw; the session goes on", e);
            }
        }
    }

    private Duration since(long then) {
        return Duration.ofNanos(nanoTime.getAsLong() - then);
    }

    void connecting() {
        connecting = nanoTime.getAsLong();
    }

    void connected() {
        Duration took = since(connecting);
        tell(to -> to.connected(took));
    }

    /** Since {@link #connecting}. */
    Duration elapsed() {
        return since(connecting);
    }

    <T> CompletableFuture<T> command(String type, CompletableFuture<T> answer) {
        if (listener != null) {
            long sent = nanoTime.getAsLong();
            answer.whenComplete((value, refusal) -> {
                Duration took = since(sent);
                tell(to -> to.commandAnswered(type, took, refusal == null));
            });
        }
        return answer;
    }

    /** An answer is wanted from now on. */
    void asked() {
        asked = nanoTime.getAsLong();
    }

    void event(ServerEvent event) {
        if (listener == null) {
            return;
        }
        if (event instanceof InputAudioBufferEvent.SpeechStopped) {
            asked();
        } else if (event instanceof ProtocolWarning) {
            tell(SessionListener::malformedFrame);
        } else if (event instanceof ResponseEvent response) {
            event(response);
        }
    }

    private void event(ResponseEvent event) {
        if (event instanceof ResponseEvent.Created created) {
            running.put(String.valueOf(created.responseId()), new Progress(asked));
        } else if (event instanceof ResponseEvent.OutputTextDelta delta) {
            text(delta.responseId());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            text(delta.responseId());
        } else if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            audio(delta.responseId());
        }
    }

    private void text(String responseId) {
        Progress progress = running.get(responseId);
        if (progress != null && !progress.text) {
            progress.text = true;
            Duration latency = since(progress.asked);
            tell(to -> to.firstText(responseId, latency));
        }
    }

    private void audio(String responseId) {
        Progress progress = running.get(responseId);
        if (progress != null && !progress.audio) {
            progress.audio = true;
            Duration latency = since(progress.asked);
            tell(to -> to.firstAudio(responseId, latency));
        }
    }

    void done(Outcome outcome) {
        Progress progress = running.remove(String.valueOf(outcome.response().id()));
        Duration took = progress == null ? Duration.ZERO : since(progress.asked);
        tell(to -> to.responseDone(outcome, took));
    }

    void ended(SessionEnd end) {
        Duration lasted = elapsed();
        tell(to -> {
            over = true;
            to.ended(end, lasted);
        });
    }
}
