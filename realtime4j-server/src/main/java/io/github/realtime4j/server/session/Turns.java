package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.vad.TurnEvent;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From input audio to items: who speaks, what is committed, and what starts or stops because of it. Confined to the
 * session's loop.
 */
final class Turns {
    private static final double SHORTEST_COMMIT_MS = 100;

    private final SessionScope scope;
    private final Responses responses;
    private final Transcriptions transcriptions;
    private final InputAudio input;
    private final IdleTimeout idle;

    /** The id that the next committed item has been promised; null when nobody has been told one. */
    private @Nullable String promisedId;

    private long turnStartMs;

    Turns(SessionScope scope, Responses responses, Transcriptions transcriptions) {
        this.scope = scope;
        this.responses = responses;
        this.transcriptions = transcriptions;
        this.input = new InputAudio(scope.settings.inputFormat());
        this.idle = new IdleTimeout(scope, input, this::timedOut);
        responses.afterResponse(run -> idle.arm(run.playback()));
        configure();
    }

    /** The session's settings have changed. */
    void configure() {
        input.configure(scope.settings.inputFormat(), scope.settings.turnDetection());
        if (scope.settings.turnDetection() == null) {
            promisedId = null;
            idle.disarm();
        }
    }

    /** {@code input_audio_buffer.append}. */
    @Nullable
    ErrorDetail append(AudioBytes audio) {
        if (!input.hasRoomFor(audio)) {
            return new ErrorDetail(
                    "invalid_request_error",
                    new ErrorCode("input_audio_buffer_full"),
                    "The input audio buffer holds at most " + InputAudio.MAX_BYTES
                            + " bytes of uncommitted audio. Commit or clear it before appending more.",
                    null,
                    null);
        }
        for (TurnEvent event : input.append(audio)) {
            if (event instanceof TurnEvent.SpeechStarted started) {
                speechStarted(input.sessionMillis(started.audioStartMs()));
            } else if (event instanceof TurnEvent.SpeechStopped stopped) {
                speechStopped(input.sessionMillis(stopped.audioEndMs()));
            }
        }
        if (promisedId != null) {
            transcriptions.goesOn(
                    promisedId, input.millis() - turnStartMs, input.format(), () -> input.since(turnStartMs));
        }
        input.settle();
        idle.audioArrived();
        return null;
    }

    private void speechStarted(long startMs) {
        idle.disarm();
        String itemId = scope.ids.item();
        promisedId = itemId;
        turnStartMs = startMs;
        scope.out.send("input_audio_buffer.speech_started", "audio_start_ms", startMs, "item_id", itemId);
        if (isOn("interrupt_response")) {
            List<OutputAudio.Unheard> unheard = scope.output.clear();
            responses.interrupt();
            unheard.forEach(this::truncate);
        }
    }

    /** What a caller was not played is gone. */
    private void truncate(OutputAudio.Unheard unheard) {
        ConversationItem item = scope.items.find(unheard.itemId());
        if (item != null) {
            scope.truncate(item, unheard.contentIndex(), unheard.playedMillis());
        }
    }

    private void speechStopped(long endMs) {
        String itemId = promisedId == null ? scope.ids.item() : promisedId;
        scope.out.send("input_audio_buffer.speech_stopped", "audio_end_ms", endMs, "item_id", itemId);
        commit(itemId, input.take(turnStartMs, endMs));
        if (isOn("create_response")) {
            responses.createForTurn();
        }
    }

    private boolean isOn(String option) {
        JsonObject detection = scope.settings.turnDetection();
        return scope.kind() == SessionKind.REALTIME && detection != null && Members.bool(detection, option, true);
    }

    /** {@code input_audio_buffer.commit}. */
    @Nullable
    ErrorDetail commit() {
        double millis = input.uncommittedMillis();
        if (millis < SHORTEST_COMMIT_MS) {
            return ServiceErrors.commitTooSmall(millis);
        }
        commit(promisedId == null ? scope.ids.item() : promisedId, input.commit());
        return null;
    }

    private void commit(String itemId, AudioBytes audio) {
        promisedId = null;
        String previousId = scope.items.lastId();
        scope.out.send("input_audio_buffer.committed", "previous_item_id", previousId, "item_id", itemId);
        ConversationItem item = NewItem.speech(itemId, input.format(), audio);
        scope.items.append(item);
        scope.out.send("conversation.item.added", "previous_item_id", previousId, "item", item.json());
        scope.out.send("conversation.item.done", "previous_item_id", previousId, "item", item.json());
        transcriptions.committed(item);
    }

    /** {@code input_audio_buffer.clear}. */
    void clear() {
        if (promisedId != null) {
            transcriptions.forget(promisedId);
        }
        promisedId = null;
        input.clear();
        scope.out.send("input_audio_buffer.cleared");
    }

    private void timedOut(long startMs) {
        String itemId = scope.ids.item();
        long endMs = input.millis();
        scope.out.send(
                "input_audio_buffer.timeout_triggered",
                "audio_start_ms",
                startMs,
                "audio_end_ms",
                endMs,
                "item_id",
                itemId);
        commit(itemId, input.take(startMs, endMs));
        responses.createForTurn();
    }

    /** A response has begun for another reason. */
    void responseCreated() {
        idle.disarm();
    }
}
