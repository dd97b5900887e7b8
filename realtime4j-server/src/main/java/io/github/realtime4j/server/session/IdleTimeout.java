package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code idle_timeout_ms}: armed when a response is done, runs from the moment when its speech has been played. Two
 * clocks measure it, and the first one to get there counts: the server's time, and the audio that the client sends, which
 * may come faster. Confined to the session's loop.
 */
final class IdleTimeout {
    private final SessionScope scope;
    private final InputAudio input;
    private final LongConsumer onTimeout;
    private @Nullable Runnable timer;
    private long startMs;
    private long deadlineMs;

    /** @param onTimeout told where in the audio the silence began */
    IdleTimeout(SessionScope scope, InputAudio input, LongConsumer onTimeout) {
        this.scope = scope;
        this.input = input;
        this.onTimeout = onTimeout;
    }

    /** @param playback of the response that is done */
    void arm(Duration playback) {
        disarm();
        JsonObject detection = scope.settings.turnDetection();
        Integer timeout = detection == null ? null : Members.integer(detection, "idle_timeout_ms");
        if (timeout == null) {
            return;
        }
        startMs = input.millis();
        deadlineMs = startMs + playback.toMillis() + timeout;
        timer = scope.after(playback.plusMillis(timeout), this::fire);
    }

    void disarm() {
        if (timer != null) {
            timer.run();
            timer = null;
        }
    }

    void audioArrived() {
        if (timer != null && input.millis() >= deadlineMs) {
            fire();
        }
    }

    private void fire() {
        disarm();
        onTimeout.accept(startMs);
    }
}
