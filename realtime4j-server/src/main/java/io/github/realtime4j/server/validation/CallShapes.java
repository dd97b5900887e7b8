package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.integer;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.string;

/** Bodies of requests about a call. */
final class CallShapes {
    /** They depend on nothing. */
    static final SessionFacts FACTS = new SessionFacts(SessionKind.REALTIME, "", false);

    /** SIP has final answers that refuse from 300 on: RFC 3261 section 21. */
    static final Shape REJECT = object().nullable("status_code", integer(300, 699));

    static final Shape REFER = object().required("target_uri", string().matching("^(tel|sips?):.+$"));

    private CallShapes() {}
}
