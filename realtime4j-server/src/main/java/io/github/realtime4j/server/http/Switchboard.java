package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue.JsonObject;

/** What the session core does about calls when it is asked over HTTP. */
public interface Switchboard {
    /**
     * Begins a WebRTC call.
     *
     * @param session as asked for; empty where there was none
     * @return the call id
     * @throws RestException status 400 for the first setting that is wrong
     */
    String create(JsonObject session);

    /**
     * Answers a telephone call that rings.
     *
     * @throws RestException status 404 if it does not, 400 for the first setting that is wrong
     */
    void accept(String callId, JsonObject session);

    /**
     * Turns down a telephone call that rings.
     *
     * @param body with {@code status_code}, or empty
     * @throws RestException status 404 if it does not, 400 for the first member that is wrong
     */
    void reject(String callId, JsonObject body);

    /**
     * Hands a call on.
     *
     * @param body with {@code target_uri}
     * @throws RestException status 404 if there is no such call, 400 for the first member that is wrong
     */
    void refer(String callId, JsonObject body);

    /**
     * Ends a call.
     *
     * @throws RestException status 404 if there is no such call
     */
    void hangUp(String callId);
}
