package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.vad.TurnDetector;
import io.github.realtime4j.server.vad.TurnEvent;
import io.github.realtime4j.server.vad.TurnPolicy;
import io.github.realtime4j.server.vad.TurnPolicy.Eagerness;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The input audio buffer and the detector that listens to it. Its times are milliseconds of all audio ever appended.
 * Confined to the session's loop.
 */
final class InputAudio {
    /** Uncommitted audio beyond this is refused: eleven minutes of PCM. */
    static final int MAX_BYTES = 32 << 20;

    /** While nobody speaks and the server listens, older audio than this is dropped. */
    private static final Duration REMEMBERED_SILENCE = Duration.ofSeconds(60);

    private AudioFormat format;
    private AudioDecoder decoder;
    private TurnDetector detector;
    private AudioWindow window = new AudioWindow();
    private TurnPolicy policy = TurnPolicy.OFF;

    /** Milliseconds appended in formats before this one. */
    private long earlierMs;

    /** Where the audio begins that no item has taken yet. */
    private long uncommitted;

    InputAudio(AudioFormat format) {
        this.format = format;
        this.decoder = new AudioDecoder(format, format.sampleRate());
        this.detector = new TurnDetector(format.sampleRate());
    }

    /** A new format drops what is in the buffer. */
    void configure(AudioFormat nextFormat, @Nullable JsonObject turnDetection) {
        if (!nextFormat.equals(format)) {
            earlierMs = millis();
            format = nextFormat;
            decoder = new AudioDecoder(format, format.sampleRate());
            detector = new TurnDetector(format.sampleRate());
            window = new AudioWindow();
            uncommitted = 0;
        }
        policy = policy(turnDetection);
        detector.configure(policy);
    }

    private static TurnPolicy policy(@Nullable JsonObject turnDetection) {
        if (turnDetection == null) {
            return TurnPolicy.OFF;
        } else if ("semantic_vad".equals(turnDetection.string("type"))) {
            String eagerness = String.valueOf(turnDetection.string("eagerness"));
            return new TurnPolicy.SemanticVad(Eagerness.valueOf(eagerness.toUpperCase(Locale.ROOT)));
        }
        return new TurnPolicy.ServerVad(
                Members.number(turnDetection, "threshold", 0.5),
                Members.integer(turnDetection, "prefix_padding_ms", 300),
                Members.integer(turnDetection, "silence_duration_ms", 200));
    }

    AudioFormat format() {
        return format;
    }

    boolean hasRoomFor(AudioBytes audio) {
        return uncommittedBytes() + audio.size() <= MAX_BYTES;
    }

    private long uncommittedBytes() {
        return window.end() - Math.max(uncommitted, window.start());
    }

    /** All audio ever appended. */
    long millis() {
        return earlierMs + format.millisOf(window.end());
    }

    /** Audio that {@link #commit()} would take. */
    double uncommittedMillis() {
        return uncommittedBytes() * 1_000.0 / format.bytesPerSecond();
    }

    /** Takes audio; tells what the detector has found in it, in order. */
    List<TurnEvent> append(AudioBytes audio) {
        window.append(audio);
        if (policy == TurnPolicy.OFF) {
            // Keeps the detector's clock, and spares the decoding: one sample is one step of it.
            detector.append(new short[audio.size() / format.bytesPerSample()]);
            return List.of();
        }
        return detector.append(decoder.decode(audio));
    }

    /** Milliseconds of the detector's clock as milliseconds of the session. */
    long sessionMillis(long detectorMillis) {
        return earlierMs + detectorMillis;
    }

    /** The audio of a turn that the detector has ended; what comes after it stays in the buffer. */
    AudioBytes take(long startMs, long endMs) {
        AudioBytes taken = window.slice(position(startMs), position(endMs));
        uncommitted = Math.max(uncommitted, Math.min(position(endMs), window.end()));
        forget();
        return taken;
    }

    /** The audio of a turn that goes on, which stays in the buffer. */
    AudioBytes since(long startMs) {
        return window.slice(position(startMs), window.end());
    }

    /** Everything that no item has taken. */
    AudioBytes commit() {
        AudioBytes taken = window.slice(uncommitted, window.end());
        clear();
        return taken;
    }

    void clear() {
        uncommitted = window.end();
        detector.endTurn();
        forget();
    }

    /** Drops what no later turn can need: a turn's padding may reach into audio that an earlier turn has taken. */
    private void forget() {
        window.dropBefore(uncommitted - paddingBytes());
    }

    /** After the detector's events have been dealt with: while it hears nobody, silence is not collected for ever. */
    void settle() {
        if (policy != TurnPolicy.OFF && !detector.isSpeaking()) {
            window.dropBefore(window.end() - Math.max(paddingBytes(), format.bytesIn(REMEMBERED_SILENCE)));
        }
    }

    private long paddingBytes() {
        return format.bytesIn(Duration.ofMillis(paddingMs() + 1_000L));
    }

    private int paddingMs() {
        return policy instanceof TurnPolicy.ServerVad vad ? vad.prefixPaddingMs() : 300;
    }

    private long position(long sessionMs) {
        return Math.max(0, sessionMs - earlierMs) * format.bytesPerSecond() / 1_000;
    }
}
