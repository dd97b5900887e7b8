package io.github.realtime4j.session;

import io.github.realtime4j.session.Deadlines.Deadline;

/** A request on its way to a response. */
final class Flight {
    final ResponseRequest request;
    final boolean automatic;
    Deadline deadline = Deadline.NONE;
    boolean withdrawn;
    boolean sentBeforeOutputs;
    int rejections;

    Flight(ResponseRequest request, boolean automatic) {
        this.request = request;
        this.automatic = automatic;
    }
}
