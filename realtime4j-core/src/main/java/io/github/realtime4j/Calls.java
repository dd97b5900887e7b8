package io.github.realtime4j;

import io.github.realtime4j.RestRequests.Body;
import io.github.realtime4j.RestRequests.Post;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.transport.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends calls whose sound does not come this way: WebRTC calls of a browser, and telephone calls that a {@linkplain
 * Webhooks webhook} announces. {@link Endpoint#forCall} is the way to their events.
 *
 * <pre>
 * WebRTC      create ---------------------------------> hangup
 * telephone   webhook --accept--> ( refer | hangup )
 *                     --reject
 * </pre>
 *
 * <p>Futures fail with {@link RequestFailedException}; its error code is {@code call_id_not_found} for a call that has ended,
 * and for a moment for one that is about to begin. Safe for use by any thread.
 */
public final class Calls {
    private static final String SDP = "application/sdp";

    private final RestRequests rest;

    Calls(RestRequests rest) {
        this.rest = rest;
    }

    /**
     * A WebRTC call that has begun.
     *
     * @param callId {@code rtc_…}: for {@link Endpoint#forCall} and {@link Calls#hangup}
     * @param sdpAnswer for the peer that made the offer
     */
    public record CreatedCall(String callId, String sdpAnswer) {}

    /**
     * {@code POST /v1/realtime/calls}: begins a WebRTC call.
     *
     * @param sdpOffer as the browser made it
     * @param session what the call starts as, with the client's model unless it names one; null with a client secret,
     *     which knows its session
     */
    public CompletableFuture<CreatedCall> create(String sdpOffer, @Nullable SessionConfig session) {
        byte[] sdp = sdpOffer.getBytes(StandardCharsets.UTF_8);
        Body body = session == null
                ? new Body(SDP, ByteBuffer.wrap(sdp))
                : new Multipart()
                        .part("sdp", SDP, sdp)
                        .part("session", "application/json", json(session))
                        .end();
        return rest.send(new Post<>("calls", body, false, Calls::created));
    }

    private static CreatedCall created(HttpResponse answer) {
        String location = answer.header("location");
        String path = location == null ? "" : location.replaceFirst("[?#].*", "");
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("it has no Location header that ends with the call's id");
        }
        return new CreatedCall(id, answer.text());
    }

    /**
     * {@code POST …/accept}: takes a telephone call.
     *
     * @param session what the call starts as, with the client's model unless it names one
     */
    public CompletableFuture<Void> accept(String callId, SessionConfig session) {
        return send(callId, "accept", Body.json(json(session)));
    }

    /** {@code POST …/reject}: does not take a telephone call; the caller hears SIP status 603 (decline). */
    public CompletableFuture<Void> reject(String callId) {
        return reject(callId, new Call.RejectRequest(null));
    }

    /** @param statusCode the SIP status, such as 486 (busy) */
    public CompletableFuture<Void> reject(String callId, int statusCode) {
        return reject(callId, new Call.RejectRequest(statusCode));
    }

    private CompletableFuture<Void> reject(String callId, Call.RejectRequest request) {
        return send(callId, "reject", Body.json(EventCodec.write(request)));
    }

    /**
     * {@code POST …/refer}: hands a telephone call on.
     *
     * @param targetUri a {@code tel:} or {@code sip:} URI
     */
    public CompletableFuture<Void> refer(String callId, String targetUri) {
        return send(callId, "refer", Body.json(EventCodec.write(new Call.ReferRequest(targetUri))));
    }

    /** {@code POST …/hangup}: ends a call of either kind. */
    public CompletableFuture<Void> hangup(String callId) {
        return send(callId, "hangup", Body.NONE);
    }

    private CompletableFuture<Void> send(String callId, String verb, Body body) {
        if (callId.isBlank()) {
            throw new IllegalArgumentException("callId must not be blank");
        }
        String resource = "calls/" + Endpoint.encode(callId) + "/" + verb;
        return rest.send(new Post<@Nullable Void>(resource, body, false, answer -> null));
    }

    private byte[] json(SessionConfig session) {
        return EventCodec.write(RestRequests.withModel(session, rest.endpoint().namedModel()));
    }
}
