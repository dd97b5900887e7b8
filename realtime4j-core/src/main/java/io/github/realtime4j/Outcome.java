package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.StatusDetails;
import org.jspecify.annotations.Nullable;

/** How a response ended: what {@code response.done} says, as one of four. */
public sealed interface Outcome {
    /** The response as {@code response.done} has it, without audio. */
    Response response();

    /** What was written or said, as far as it went. */
    default String text() {
        return response().text();
    }

    /** The model has said all it wanted to say, or called its functions. */
    record Completed(Response response) implements Outcome {}

    /**
     * Stopped.
     *
     * @param reason {@code turn_detected} (the user spoke) or {@code client_cancelled}
     */
    record Cancelled(Response response, @Nullable String reason) implements Outcome {}

    /**
     * Cut short.
     *
     * @param reason {@code max_output_tokens} or {@code content_filter}
     */
    record Incomplete(Response response, @Nullable String reason) implements Outcome {}

    /** Went wrong: rate limits, quota, or the service. */
    record Failed(Response response, @Nullable ErrorDetail error) implements Outcome {}

    /** The outcome of a response that is done; what has a status that nobody knows counts as completed. */
    static Outcome of(Response response) {
        StatusDetails details = response.statusDetails();
        if (Response.Status.CANCELLED.equals(response.status())) {
            return new Cancelled(response, details instanceof StatusDetails.Cancelled why ? why.reason() : null);
        } else if (Response.Status.INCOMPLETE.equals(response.status())) {
            return new Incomplete(response, details instanceof StatusDetails.Incomplete why ? why.reason() : null);
        } else if (Response.Status.FAILED.equals(response.status())) {
            return new Failed(response, details instanceof StatusDetails.Failed why ? why.error() : null);
        }
        return new Completed(response);
    }
}
