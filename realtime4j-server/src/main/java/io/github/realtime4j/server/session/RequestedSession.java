package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.ServerTime;
import io.github.realtime4j.server.http.RestException;
import io.github.realtime4j.server.http.SessionEcho;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.usage.Models;
import io.github.realtime4j.server.validation.EventValidator;
import io.github.realtime4j.server.validation.SessionKind;

/** Checks and completes a session that is asked for over HTTP, before anyone has connected. */
public final class RequestedSession implements SessionEcho {
    private static final String REALTIME = "gpt-realtime";
    private static final String TRANSLATE = "gpt-realtime-translate";

    private final Ids ids;

    public RequestedSession(ServerTime time) {
        this.ids = new Ids(time);
    }

    @Override
    public JsonObject echo(boolean translation, JsonObject session) {
        String given = session.string("model");
        SessionKind kind = translation
                ? SessionKind.TRANSLATION
                : "transcription".equals(session.string("type")) ? SessionKind.TRANSCRIPTION : SessionKind.REALTIME;
        String model = given == null ? translation ? TRANSLATE : REALTIME : given;
        ErrorDetail problem = EventValidator.validateSession(session, kind, model);
        if (problem != null) {
            throw new RestException(400, problem);
        }
        ModelCard card = Models.find(model);
        return SessionSettings.initial(kind, card == null ? Models.realtime(model) : card, ids.session(), 0)
                .with(session)
                .echo();
    }
}
