package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.http.ClientSecrets.Secret;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.transport.Handshake.Header;
import java.util.List;
import java.util.Locale;

/** {@code /v1/realtime/calls} and what lies below it. Safe from any thread. */
public final class CallRoutes implements RestHandler {
    public static final String PATH = "/v1/realtime/calls";

    private final ClientSecrets secrets;
    private final Switchboard switchboard;

    /** @param secrets whose keys may call, and begin with the session they were made for */
    public CallRoutes(ClientSecrets secrets, Switchboard switchboard) {
        this.secrets = secrets;
        this.switchboard = switchboard;
    }

    @Override
    public RestAnswer handle(RestRequest request) {
        String rest = request.path().substring(PATH.length());
        String[] steps = rest.isEmpty() ? new String[0] : rest.substring(1).split("/", -1);
        if (steps.length != 0 && steps.length != 2) {
            throw RestException.unknownUrl(request);
        } else if (!request.method().equals("POST")) {
            throw RestException.notAllowed(request.method(), request.path());
        } else if (steps.length == 0) {
            return create(request);
        }
        secrets.authorize(request);
        act(request, steps[0], steps[1]);
        return RestAnswer.empty(200);
    }

    private void act(RestRequest request, String callId, String verb) {
        switch (verb) {
            case "accept" -> switchboard.accept(callId, JsonBody.of(request.body()));
            case "reject" -> switchboard.reject(callId, JsonBody.of(request.body()));
            case "refer" -> switchboard.refer(callId, JsonBody.of(request.body()));
            case "hangup" -> switchboard.hangUp(callId);
            default -> throw RestException.unknownUrl(request);
        }
    }

    private RestAnswer create(RestRequest request) {
        String key = Credentials.of(request).key();
        Secret secret = key == null ? null : secrets.find(key).orElse(null);
        if (secret == null) {
            secrets.authorize(request);
        }
        JsonObject session = secret == null ? JsonObject.EMPTY : secret.session();
        String given = request.header("content-type");
        String type = given == null ? "" : given;
        String sdp;
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            Multipart form = Multipart.of(type, request.body());
            sdp = form.part("sdp");
            String asked = form.part("session");
            session = asked == null ? session : JsonBody.of(asked);
        } else if (type.toLowerCase(Locale.ROOT).startsWith("application/sdp")) {
            sdp = request.body();
        } else {
            throw new RestException(415, ServiceErrors.unsupportedContentType(type));
        }
        if (sdp == null) {
            throw new RestException(400, ServiceErrors.missingOffer());
        }
        String answer = SdpAnswer.to(sdp);
        String callId = switchboard.create(session);
        return new RestAnswer(
                201,
                List.of(
                        new Header("content-type", "text/plain; charset=utf-8"),
                        new Header("location", PATH + "/" + callId)),
                answer);
    }
}
