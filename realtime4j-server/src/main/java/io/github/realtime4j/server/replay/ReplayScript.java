package io.github.realtime4j.server.replay;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.server.Recording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording as two parts to play. An event of the server waits for the client events that were recorded before it,
 * with two exceptions, because another client may wait where the recorded one did not: an acknowledgement waits for
 * nothing behind what it acknowledges; and the events of a response that has begun go on, unless what the client sent
 * meanwhile could have changed them (a cancellation, audio, a truncation).
 *
 * @param expected the client's part; appends in a row are one
 * @param cues the server's part
 */
public record ReplayScript(List<JsonObject> expected, List<Cue> cues) {
    static final String APPEND = "input_audio_buffer.append";
    static final String ITEM_CREATE = "conversation.item.create";
    static final String RESPONSE_CREATE = "response.create";
    static final String SESSION_UPDATE = "session.update";

    /** Client events that leave a response alone that has begun. */
    private static final Set<String> HARMLESS = Set.of(ITEM_CREATE, RESPONSE_CREATE, SESSION_UPDATE);

    public ReplayScript {
        expected = List.copyOf(expected);
        cues = List.copyOf(cues);
    }

    public static ReplayScript of(Recording recording) {
        Reading reading = new Reading();
        for (Recording.Line line : recording.lines()) {
            if (line.direction() == Direction.SENT) {
                reading.sent(line.type(), line.event());
            } else {
                reading.received(line.type(), line.event());
            }
        }
        return new ReplayScript(reading.expected, reading.cues);
    }

    static boolean isAppend(@Nullable String type) {
        return APPEND.equals(type);
    }

    /** The recording, read from the beginning to the end. */
    private static final class Reading {
        final List<JsonObject> expected = new ArrayList<>();
        final List<Cue> cues = new ArrayList<>();

        /** Client events without an acknowledgement, by type. */
        private final Map<String, Queue<Integer>> unanswered = new HashMap<>();

        /** What the events of a response wait for. */
        private final Map<String, Integer> responses = new HashMap<>();

        /** The response that makes an item. */
        private final Map<String, String> makers = new HashMap<>();

        /** What the events of an item wait for that the client has created. */
        private final Map<String, Integer> clientItems = new HashMap<>();

        /** Items of the input audio buffer. */
        private final Set<String> spoken = new HashSet<>();

        void sent(String type, JsonObject event) {
            int last = expected.size() - 1;
            if (isAppend(type) && last >= 0 && isAppend(expected.get(last).string("type"))) {
                return;
            }
            expected.add(event);
            unanswered.computeIfAbsent(type, none -> new ArrayDeque<>()).add(last + 1);
            if (!HARMLESS.contains(type)) {
                responses.replaceAll((id, heard) -> expected.size());
            }
        }

        void received(String type, JsonObject event) {
            String responseId = member(event, "response");
            String itemId = member(event, "item");
            if (type.equals("response.created")) {
                responses.put(String.valueOf(responseId), answering(RESPONSE_CREATE, event));
            } else if (type.equals("session.updated")) {
                answering(SESSION_UPDATE, event);
            } else if (type.equals("error")) {
                refusing(event);
            } else if (responseId != null && responses.containsKey(responseId)) {
                waiting(event, responses.get(responseId));
                if (itemId != null) {
                    makers.put(itemId, responseId);
                }
            } else if (itemId != null && makers.containsKey(itemId)) {
                waiting(event, responses.get(makers.get(itemId)));
            } else if (itemId != null && event.object("item") != null && !spoken.contains(itemId)) {
                Integer known = clientItems.get(itemId);
                if (known == null) {
                    clientItems.put(itemId, answering(ITEM_CREATE, event));
                } else {
                    waiting(event, known);
                }
            } else {
                waiting(event, expected.size());
                if (itemId != null) {
                    spoken.add(itemId);
                }
            }
        }

        private static @Nullable String member(JsonObject event, String name) {
            JsonObject object = event.object(name);
            String id = event.string(name + "_id");
            return id == null && object != null ? object.string("id") : id;
        }

        /** The first client event of this type that nothing has answered, if there is one. */
        private int answering(String type, JsonObject event) {
            Queue<Integer> waiting = unanswered.get(type);
            Integer answered = waiting == null ? null : waiting.poll();
            int heard = answered == null ? expected.size() : answered + 1;
            cues.add(new Cue(event, heard, answered == null ? Cue.NOTHING : answered));
            return heard;
        }

        private void refusing(JsonObject event) {
            JsonObject error = event.object("error");
            String eventId = error == null ? null : error.string("event_id");
            for (int i = 0; eventId != null && i < expected.size(); i++) {
                if (eventId.equals(expected.get(i).string("event_id"))) {
                    Integer refused = i;
                    unanswered.values().forEach(waiting -> waiting.remove(refused));
                    cues.add(new Cue(event, i + 1, i));
                    return;
                }
            }
            waiting(event, expected.size());
        }

        private void waiting(JsonObject event, @Nullable Integer heard) {
            cues.add(new Cue(event, heard == null ? expected.size() : heard, Cue.NOTHING));
        }
    }
}
