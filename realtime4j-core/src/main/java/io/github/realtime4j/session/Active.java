package io.github.realtime4j.session;

import org.jspecify.annotations.Nullable;

/** A response that runs on the default conversation. */
final class Active {
    final String responseId;

    /** Null for the server's own. */
    @Nullable
    Flight flight;

    boolean cancelled;

    /** It is what {@link ResponseSequencer#followUp} wanted, unless it has been taken for the wrong one. */
    boolean fulfilsAsOwn;

    Active(String responseId, @Nullable Flight flight) {
        this.responseId = responseId;
        this.flight = flight;
    }
}
