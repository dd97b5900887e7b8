package io.github.realtime4j;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.TurnDetection;
import org.jspecify.annotations.Nullable;

/** The settings in force, as the server last told them. Safe from any thread. */
final class SessionSettings {
    /** Before the server has told any. */
    private static final Session UNKNOWN = new Session(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            JsonObject.EMPTY);

    private volatile Session session = UNKNOWN;

    void set(Session told) {
        session = told;
    }

    Session session() {
        return session;
    }

    /** What the model's speech is encoded as. */
    AudioFormat outputFormat() {
        AudioConfig audio = session.audio();
        AudioConfig.Output output = audio == null ? null : audio.output();
        AudioFormat format = output == null ? null : output.format();
        return format == null ? AudioFormat.PCM16_24KHZ : format;
    }

    /** Whether the server answers the turns that it detects; until it has said what is in force, it does. */
    boolean serverAnswersTurns() {
        TurnDetection detection = turnDetection();
        return detection == null || detection.answersTurns();
    }

    /** Whether the server cancels its response when it hears the user; until it has said what is in force, it does not. */
    boolean serverInterrupts() {
        TurnDetection detection = turnDetection();
        return detection != null && detection.interruptsResponses();
    }

    /** Whether the server hears nobody begin or stop. */
    boolean isTurnDetectionOff() {
        return turnDetection() instanceof TurnDetection.Off;
    }

    private @Nullable TurnDetection turnDetection() {
        AudioConfig audio = session.audio();
        AudioConfig.Input input = audio == null ? null : audio.input();
        return input == null ? null : input.turnDetection();
    }
}
