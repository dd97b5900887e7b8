package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;

/** A turn came to no answer: its response failed or was cancelled. The session goes on. */
public final class ResponseFailedException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    ResponseFailedException(Outcome outcome) {
        super(message(outcome), null);
        this.outcome = outcome;
    }

    private static String message(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            ErrorDetail error = failed.error();
            String why = error == null ? "" : ": " + (error.message() == null ? error.type() : error.message());
            String code = error == null || error.code() == null ? "" : " (" + error.code() + ")";
            return "The response failed" + why + code;
        } else if (outcome instanceof Outcome.Cancelled cancelled) {
            return "The response was cancelled" + (cancelled.reason() == null ? "" : ": " + cancelled.reason());
        }
        return "The response came to no answer";
    }

    /** How it ended, with what was said before that. */
    public Outcome outcome() {
        return outcome;
    }
}
