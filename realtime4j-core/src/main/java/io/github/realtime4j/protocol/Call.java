package io.github.realtime4j.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code /v1/realtime/calls} and the webhook that announces a call: WebRTC and telephone. */
public final class Call {
    private Call() {}

    /** {@code POST /v1/realtime/calls}: a WebRTC offer. */
    public record CreateRequest(String sdp, @Nullable SessionConfig session) {}

    /**
     * {@code POST …/reject}.
     *
     * @param statusCode the SIP status, 603 (decline) when null
     */
    public record RejectRequest(@Nullable Integer statusCode) {}

    /**
     * {@code POST …/refer}.
     *
     * @param targetUri a {@code tel:} or {@code sip:} URI
     */
    public record ReferRequest(String targetUri) {}

    /**
     * The webhook {@code realtime.call.incoming}: somebody calls.
     *
     * @param createdAt seconds since 1970
     */
    public record Incoming(@Nullable String object, String id, String type, long createdAt, Offer data)
            implements WebhookEvent {
        /** Its wire name. */
        public static final String TYPE = "realtime.call.incoming";
    }

    /** The call that can be accepted, rejected or referred. */
    public record Offer(String callId, List<SipHeader> sipHeaders) {}

    /** A header of the SIP invitation, such as {@code From}. */
    public record SipHeader(String name, String value) {}
}
