package io.github.realtime4j;

import java.time.Duration;

/** A command was sent, and the server neither acknowledged nor refused it in time. Whether it had an effect is not known. */
public final class CommandTimeoutException extends RealtimeException {
    private static final long serialVersionUID = 1;

    CommandTimeoutException(String type, Duration patience) {
        super(
                "The server did not answer " + type + " within " + patience.toMillis()
                        + " ms; whether it had an effect is not known (for a server that never acknowledges, use"
                        + " Endpoint.withoutAcknowledgements())",
                null);
    }
}
