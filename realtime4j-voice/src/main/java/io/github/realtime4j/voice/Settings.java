package io.github.realtime4j.voice;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.TurnDetection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in force in a session that matters for its sound, as the server last told it. Safe from any thread. */
final class Settings {
    private final RealtimeSession session;

    Settings(RealtimeSession session) {
        this.session = session;
    }

    private AudioConfig.@Nullable Input input() {
        AudioConfig audio = session.settings().audio();
        return audio == null ? null : audio.input();
    }

    AudioFormat inputFormat() {
        AudioConfig.Input input = input();
        AudioFormat format = input == null ? null : input.format();
        return format == null ? AudioFormat.PCM16_24KHZ : format;
    }

    AudioFormat outputFormat() {
        AudioConfig audio = session.settings().audio();
        AudioConfig.Output output = audio == null ? null : audio.output();
        AudioFormat format = output == null ? null : output.format();
        return format == null ? AudioFormat.PCM16_24KHZ : format;
    }

    /** Whether the model speaks, as it does unless told to write. */
    boolean isSpoken() {
        List<Modality> modalities = session.settings().outputModalities();
        return modalities == null || modalities.isEmpty() || modalities.contains(Modality.AUDIO);
    }

    /** Whether the user's words are written down. */
    boolean isTranscribed() {
        AudioConfig.Input input = input();
        return input != null && input.transcription() != null;
    }

    private @Nullable TurnDetection turnDetection() {
        AudioConfig.Input input = input();
        return input == null ? null : input.turnDetection();
    }

    /** Whether the server finds the user's turns. */
    boolean isHandsFree() {
        TurnDetection detection = turnDetection();
        return detection != null && !(detection instanceof TurnDetection.Off);
    }

    /** Whether the server cancels its response when it hears the user. */
    boolean serverInterrupts() {
        TurnDetection detection = turnDetection();
        return detection != null && detection.interruptsResponses();
    }

    /** The turn detection in force, but without its consequences; null if there is none, or it has none. */
    @Nullable
    TurnDetection leavingTurnsToTheClient() {
        TurnDetection detection = turnDetection();
        TurnDetection quiet = null;
        if (detection instanceof TurnDetection.ServerVad vad) {
            quiet = vad.createResponse(false).interruptResponse(false);
        } else if (detection instanceof TurnDetection.SemanticVad vad) {
            quiet = vad.createResponse(false).interruptResponse(false);
        }
        return quiet == null || quiet.equals(detection) ? null : quiet;
    }
}
