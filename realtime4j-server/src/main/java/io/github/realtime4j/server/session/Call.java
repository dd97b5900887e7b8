package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import io.github.realtime4j.transport.ConnectionEnd;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session that is spoken over a WebRTC or telephone call, and lives as long as the call. Connections attend to it and
 * leave. Safe for any thread, unless it says otherwise.
 */
final class Call {
    private final String id;
    private final SerialLoop loop;
    private final Attendants attendants = new Attendants();
    private final Consumer<Call> onEnd;
    private final SessionScope scope;
    private final Dialogue dialogue;

    // In the loop.

    private boolean over;
    private @Nullable AudioFormat encoderFormat;
    private @Nullable AudioEncoder encoder;

    /**
     * @param id what the ids of the call and of its session have in common
     * @param onEnd told once, in the loop
     */
    Call(ServerParts server, String id, Requested requested, Earpiece caller, Consumer<Call> onEnd) {
        this.id = id;
        this.onEnd = onEnd;
        this.loop = new SerialLoop(server.loops(), this::broke);
        Ids ids = new Ids(server.time());
        long expiresAt = server.time().instant().plus(server.sessionLimit()).getEpochSecond();
        SessionSettings settings = SessionSettings.initial(requested.kind(), requested.model(), sessionId(), expiresAt)
                .with(requested.session());
        Outbox out = new Outbox(attendants, server.dialect(), ids);
        this.scope = new SessionScope(server, loop, out, ids, settings, caller);
        this.dialogue = new RealtimeDialogue(scope);
        loop.execute(() -> {
            var unused = scope.after(server.sessionLimit(), this::expire);
            dialogue.begin();
        });
    }

    /**
     * The session that was asked for.
     *
     * @param session checked
     */
    record Requested(SessionKind kind, ModelCard model, JsonObject session) {}

    String callId() {
        return callId(id);
    }

    static String callId(String id) {
        return "rtc_" + id;
    }

    String sessionId() {
        return "sess_" + id;
    }

    SerialLoop loop() {
        return loop;
    }

    /** 24 kHz PCM that the caller has heard. */
    AudioBytes heard() {
        return scope.output instanceof PlayedAudio played ? played.heard() : AudioBytes.EMPTY;
    }

    private void broke(Throwable failure) {
        ServerConnection.broke(failure, scope);
    }

    private void expire() {
        over = true;
        ServerConnection.close(scope.out, ServiceErrors.sessionExpired());
        ended();
    }

    /** The call is over, and with it the session and every connection that attends to it. */
    void end() {
        loop.execute(() -> {
            if (!over) {
                over = true;
                scope.out.close(ConnectionEnd.NORMAL, "");
                ended();
            }
        });
    }

    private void ended() {
        scope.end();
        onEnd.accept(this);
    }

    // In the loop.

    boolean isOver() {
        return over;
    }

    SessionScope scope() {
        return scope;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    Attendants attendants() {
        return attendants;
    }

    /** @param pcm 24 kHz PCM that the caller says */
    void hear(AudioBytes pcm) {
        if (!over) {
            dialogue.append(inFormat(scope.settings.inputFormat(), pcm), null);
        }
    }

    private AudioBytes inFormat(AudioFormat format, AudioBytes pcm) {
        if (format.equals(AudioFormat.PCM16_24KHZ)) {
            return pcm;
        }
        AudioEncoder current = encoder;
        if (current == null || !format.equals(encoderFormat)) {
            current = new AudioEncoder(format, AudioFormat.PCM16_24KHZ.sampleRate());
            encoder = current;
            encoderFormat = format;
        }
        return current.encode(Pcm16.toSamples(pcm));
    }

    void press(char key) {
        if (!over) {
            scope.out.send(JsonObject.of(
                    "type",
                    "input_audio_buffer.dtmf_event_received",
                    "event",
                    String.valueOf(key),
                    "received_at",
                    scope.server.time().instant().getEpochSecond()));
        }
    }
}
