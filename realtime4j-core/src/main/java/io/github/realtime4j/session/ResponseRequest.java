package io.github.realtime4j.session;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;

/** A {@code response.create}, and what becomes of it: {@code dropped | failed | created (uncreated created)* (done | failed)}. */
public interface ResponseRequest {
    String eventId();

    boolean isOutOfBand();

    /** Whether {@link ResponseSequencer#METADATA_KEY} goes with it. */
    boolean carriesEventId();

    void created(Response response);

    /** The response that had been taken for this request's was another's; it is queued again. */
    void uncreated();

    void done(Response response);

    /** It was withdrawn before it came to a response. */
    void dropped();

    void refused(ErrorDetail error);

    /** No answer came in time. */
    void late();

    void failed(RuntimeException why);
}
