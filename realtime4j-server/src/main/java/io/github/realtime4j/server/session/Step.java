package io.github.realtime4j.server.session;

import java.time.Duration;

/** What an output item has done when it was asked for its next event. */
sealed interface Step {
    /** Nothing to wait for. */
    Step MORE = new Sent(Duration.ZERO);

    /** It has said everything. */
    Step END = new End();

    /** It waits for a worker, and will say so. */
    Step WAITING = new Waiting();

    /** An event has been sent; the next one is due after the pause. */
    record Sent(Duration pause) implements Step {}

    /** See {@link #END}. */
    record End() implements Step {}

    /** See {@link #WAITING}. */
    record Waiting() implements Step {}
}
