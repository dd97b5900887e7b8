package io.github.realtime4j.server.session;

import io.github.realtime4j.Webhooks;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.IncomingCall;
import io.github.realtime4j.server.IncomingCall.Webhook;
import io.github.realtime4j.server.http.RestException;
import io.github.realtime4j.server.http.Switchboard;
import io.github.realtime4j.server.usage.Models;
import io.github.realtime4j.server.validation.EventValidator;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All calls of one server, by id: those that ring and those that run. Safe for any thread. */
public final class Calls implements Switchboard {
    private static final int MAX_CALLS = 1_000;
    private static final int KEPT_AUDIO = 32 << 20;
    private static final int DECLINE = 603;
    private static final String DEFAULT_MODEL = "gpt-realtime";

    private final ServerParts server;
    private final Webhooks signer;
    private final Ids ids;
    private final Map<String, PhoneCall> ringing = new ConcurrentHashMap<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    public Calls(ServerParts server, Webhooks signer) {
        this.server = server;
        this.signer = signer;
        this.ids = new Ids(server.time());
    }

    /** The call that runs under this id; null if it rings, is over or never was. */
    @Nullable
    Call find(String callId) {
        Running call = running.get(callId);
        return call == null ? null : call.call;
    }

    /**
     * Somebody calls.
     *
     * @param from the SIP header {@code From}
     */
    public IncomingCall ring(String from) {
        String id = ids.ofCall();
        Instant now = server.time().instant();
        JsonObject event = JsonObject.of(
                "object",
                "event",
                "id",
                "evt_" + Ids.random(32),
                "type",
                "realtime.call.incoming",
                "created_at",
                now.getEpochSecond(),
                "data",
                JsonObject.of(
                        "call_id",
                        Call.callId(id),
                        "sip_headers",
                        List.of(
                                JsonObject.of("name", "From", "value", from),
                                JsonObject.of("name", "To", "value", "sip:proj_test@sip.api.openai.com;transport=tls"),
                                JsonObject.of("name", "Call-ID", "value", Ids.random(32)))));
        Webhook webhook = signed("wh_" + Ids.random(32), now, event.toString());
        PhoneCall phone = new PhoneCall(id, webhook, this::hangUp);
        ringing.put(phone.callId(), phone);
        return phone;
    }

    private synchronized void hangUp(PhoneCall phone) {
        Running call = running.get(phone.callId());
        if (ringing.remove(phone.callId()) != null) {
            phone.ended();
        } else if (call != null) {
            call.call.end();
        }
    }

    @Override
    public String create(JsonObject session) {
        ErrorDetail problem =
                session.isEmpty() ? null : EventValidator.validateSession(session, kind(session), model(session));
        Call.Requested requested = requested(session, problem);
        if (running.size() >= MAX_CALLS) {
            throw new RestException(
                    429,
                    new ErrorDetail(
                            "requests",
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "Rate limit reached: this server has at most " + MAX_CALLS + " calls.",
                            null,
                            null));
        }
        return start(ids.ofCall(), requested, new Earpiece(0), null).callId();
    }

    private static SessionKind kind(JsonObject session) {
        return "transcription".equals(session.string("type")) ? SessionKind.TRANSCRIPTION : SessionKind.REALTIME;
    }

    private static String model(JsonObject session) {
        String model = session.string("model");
        return model == null ? DEFAULT_MODEL : model;
    }

    private Call.Requested requested(JsonObject session, @Nullable ErrorDetail problem) {
        String model = model(session);
        refuse(problem);
        refuse(
                server.admission().isModel(model)
                        ? null
                        : ServiceErrors.unknownModel(model).error());
        return new Call.Requested(kind(session), Models.realtime(model), session);
    }

    private static void refuse(@Nullable ErrorDetail problem) {
        if (problem != null) {
            throw new RestException(400, problem);
        }
    }

    private Call start(String id, Call.Requested requested, Earpiece caller, @Nullable PhoneCall phone) {
        Call call = new Call(server, id, requested, caller, over -> {
            running.remove(over.callId());
            if (phone != null) {
                phone.ended();
            }
        });
        running.put(call.callId(), new Running(call, phone));
        return call;
    }

    @Override
    public synchronized void accept(String callId, JsonObject session) {
        PhoneCall phone = ringing(callId);
        Call.Requested requested = requested(session, EventValidator.validateAccept(session, model(session)));
        ringing.remove(callId);
        phone.accepted(start(phone.id(), requested, new Earpiece(KEPT_AUDIO), phone), session);
    }

    private PhoneCall ringing(String callId) {
        PhoneCall phone = ringing.get(callId);
        if (phone == null) {
            throw notFound(callId);
        }
        return phone;
    }

    private static RestException notFound(String callId) {
        return new RestException(404, ServiceErrors.callIdNotFound(callId));
    }

    @Override
    public synchronized void reject(String callId, JsonObject body) {
        PhoneCall phone = ringing(callId);
        refuse(EventValidator.validateReject(body));
        ringing.remove(callId);
        phone.rejected(Members.integer(body, "status_code", DECLINE));
    }

    @Override
    public void refer(String callId, JsonObject body) {
        Running call = running(callId);
        refuse(EventValidator.validateRefer(body));
        if (call.phone != null) {
            call.phone.referred(String.valueOf(body.string("target_uri")));
        }
        call.call.end();
    }

    @Override
    public void hangUp(String callId) {
        running(callId).call.end();
    }

    private Running running(String callId) {
        Running call = running.get(callId);
        if (call == null) {
            throw notFound(callId);
        }
        return call;
    }

    /** Ends all of them. */
    public void endAll() {
        ringing.values().forEach(this::hangUp);
        running.values().forEach(each -> each.call.end());
    }

    /** @param phone null for a WebRTC call */
    private record Running(Call call, @Nullable PhoneCall phone) {}

    private Webhook signed(String id, Instant at, String body) {
        Map<String, String> headers = new LinkedHashMap<>(signer.sign(id, at, body.getBytes(StandardCharsets.UTF_8)));
        headers.put("content-type", "application/json");
        headers.put("user-agent", "OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)");
        return new Webhook(body, headers);
    }
}
