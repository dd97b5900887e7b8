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

    /** Whether the server answers the turns that it detects; where it does not say, it does. */
    boolean serverAnswersTurns() {
        AudioConfig audio = session.audio();
        AudioConfig.Input input = audio == null ? null : audio.input();
        TurnDetection detection = input == null ? null : input.turnDetection();
        if (detection instanceof TurnDetection.ServerVad vad) {
            return isNotFalse(vad.createResponse());
        } else if (detection instanceof TurnDetection.SemanticVad vad) {
            return isNotFalse(vad.createResponse());
        }
        return !(detection instanceof TurnDetection.Off);
    }

    private static boolean isNotFalse(@Nullable Boolean value) {
        return value == null || value;
    }
}
