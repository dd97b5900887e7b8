package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.integer;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.string;

import io.github.realtime4j.server.validation.Shape.Audio;
import io.github.realtime4j.server.validation.Shape.Members;
import io.github.realtime4j.server.validation.Shape.Refused;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The client events of each kind of session, in the order in which the service lists them. */
final class EventShapes {
    /** Audio in one event. */
    static final int MAX_AUDIO_BYTES = 15 * 1024 * 1024;

    private static final Members BARE =
            object().required("type", string()).nullable("event_id", string().length(0, 512));
    private static final Members APPEND = BARE.required("audio", new Audio(MAX_AUDIO_BYTES));
    private static final Members ITEM_ID = BARE.required("item_id", string());
    private static final Map<String, Shape> REALTIME = conversation(SessionKind.REALTIME);
    private static final Map<String, Shape> TRANSCRIPTION = conversation(SessionKind.TRANSCRIPTION);
    private static final Map<String, Shape> TRANSLATION = translation();
    private static final Map<String, Shape> CALL = call();

    private EventShapes() {}

    static Map<String, Shape> of(SessionFacts facts) {
        return switch (facts.kind()) {
            case TRANSLATION -> TRANSLATION;
            case TRANSCRIPTION -> TRANSCRIPTION;
            case REALTIME -> facts.webSocket() ? REALTIME : CALL;
        };
    }

    private static Map<String, Shape> conversation(SessionKind kind) {
        Map<String, Shape> events = new LinkedHashMap<>();
        events.put("session.update", BARE.required("session", SessionShapes.inUpdate(kind)));
        events.put("session.close", BARE);
        events.put("input_audio_buffer.append", APPEND);
        events.put("session.input_audio_buffer.append", APPEND);
        events.put("input_audio_buffer.commit", BARE);
        events.put("input_audio_buffer.clear", BARE);
        events.put(
                "conversation.item.create",
                BARE.nullable("previous_item_id", string()).required("item", ItemShapes.ITEM));
        events.put(
                "conversation.item.truncate",
                ITEM_ID.required("content_index", integer(0)).required("audio_end_ms", integer(0)));
        events.put("conversation.item.delete", ITEM_ID);
        events.put("conversation.item.retrieve", ITEM_ID);
        if (kind == SessionKind.TRANSCRIPTION) {
            Refused refused = new Refused(
                    (event, path, facts) -> ServiceErrors.notInTranscription(String.valueOf(event.string("type"))));
            events.put("response.create", refused);
            events.put("response.cancel", refused);
        } else {
            events.put("response.create", BARE.nullable("response", ResponseShapes.RESPONSE));
            events.put("response.cancel", BARE.nullable("response_id", string()));
        }
        return Collections.unmodifiableMap(events);
    }

    private static Map<String, Shape> call() {
        Map<String, Shape> events = new LinkedHashMap<>(REALTIME);
        events.put("output_audio_buffer.clear", BARE);
        return Collections.unmodifiableMap(events);
    }

    private static Map<String, Shape> translation() {
        Map<String, Shape> events = new LinkedHashMap<>();
        events.put("session.update", BARE.required("session", SessionShapes.inUpdate(SessionKind.TRANSLATION)));
        events.put("session.close", BARE);
        events.put("session.input_audio_buffer.append", APPEND);
        return Collections.unmodifiableMap(events);
    }
}
