package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue.JsonObject;

/** What the session core says to a session that is asked for over HTTP, before anyone has connected. */
@FunctionalInterface
public interface SessionEcho {
    /**
     * Checks session settings as {@code session.update} would, and shows what a session with them starts as.
     *
     * @param translation whether it is a translation session
     * @param session the request's {@code session}; empty where there was none
     * @return the full session with an {@code id} {@code sess_…} and {@code expires_at} 0
     * @throws RestException status 400 for the first setting that is wrong
     */
    JsonObject echo(boolean translation, JsonObject session);
}
