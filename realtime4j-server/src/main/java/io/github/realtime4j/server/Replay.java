package io.github.realtime4j.server;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** One connection to a {@link ReplayServer}: how far it has come, and what was not as recorded. Safe for any thread. */
public interface Replay {
    /** Recorded client events that this client has not sent yet; of appends in a row only the first. */
    List<JsonObject> missing();

    /**
     * What this client sent and the recording does not have at that place; it was not answered. What was no JSON object
     * is here as {@code {"malformed": "the text"}}.
     */
    List<JsonObject> unexpected();

    /** Whether both sides have said everything that was recorded. */
    boolean isComplete();

    /**
     * Waits for the end of the connection.
     *
     * @throws TimeoutException if it still lives after this long
     */
    ConnectionEnd awaitEnd(Duration timeout) throws InterruptedException, TimeoutException;
}
