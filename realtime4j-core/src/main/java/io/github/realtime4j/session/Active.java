package io.github.realtime4j.session;

import org.jspecify.annotations.Nullable;

/** A response that runs on the default conversation. */
final class Active {
    final String responseId;

    /** Null for the server's own. */
    @Nullable
    Flight flight;

    /** The user was heard while it ran, which a server that interrupts takes for its end. */
    boolean interruptedByServer;

    /** See {@link #stop}. */
    boolean stopped;

    /** {@code response.cancel} was sent. */
    boolean cancelled;

    /** It is what {@link ResponseSequencer#followUp} wanted, unless it has been taken for the wrong one. */
    boolean fulfilsAsOwn;

    Active(String responseId, @Nullable Flight flight) {
        this.responseId = responseId;
        this.flight = flight;
    }

    /** What still comes of it is not wanted, and its request is not sent again. */
    void stop() {
        stopped = true;
        if (flight != null) {
            flight.withdrawn = true;
        }
    }
}
