package io.github.realtime4j.server.replay;

import io.github.realtime4j.json.JsonValue.JsonObject;

/**
 * One recorded event of the server, and when it is due.
 *
 * @param heard how many of the expected client events must have come
 * @param answers index of the client event that it acknowledges; {@link #NOTHING} if there is none
 */
record Cue(JsonObject event, int heard, int answers) {
    static final int NOTHING = -1;
}
