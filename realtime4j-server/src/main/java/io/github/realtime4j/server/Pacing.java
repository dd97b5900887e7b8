package io.github.realtime4j.server;

import java.time.Duration;

/**
 * How fast a response leaves the server.
 *
 * @param audioSpeed seconds of audio sent in one second; 0 for as fast as the client reads
 * @param firstDelta from {@code response.created} to the first output item
 * @param betweenTextDeltas between two pieces of a written text or of a call's arguments
 */
public record Pacing(double audioSpeed, Duration firstDelta, Duration betweenTextDeltas) {
    /** About as the service: five seconds of audio per second. */
    public static final Pacing SERVICE = new Pacing(5, Duration.ofMillis(20), Duration.ofMillis(5));

    /** Audio as fast as it plays. */
    public static final Pacing REAL_TIME = new Pacing(1, Duration.ofMillis(100), Duration.ofMillis(30));

    /** No waiting at all. */
    public static final Pacing NONE = new Pacing(0, Duration.ZERO, Duration.ZERO);

    public Pacing {
        if (!(audioSpeed >= 0) || firstDelta.isNegative() || betweenTextDeltas.isNegative()) {
            throw new IllegalArgumentException("Expected a speed and pauses of at least 0 but got " + audioSpeed + ", "
                    + firstDelta + ", " + betweenTextDeltas);
        }
    }

    /** How long to wait after this much audio. */
    public Duration afterAudio(Duration audio) {
        return audioSpeed == 0 ? Duration.ZERO : Duration.ofNanos((long) (audio.toNanos() / audioSpeed));
    }
}
