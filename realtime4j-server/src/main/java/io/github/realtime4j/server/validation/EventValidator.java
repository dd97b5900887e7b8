package io.github.realtime4j.server.validation;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client event is well formed, in the service's words if it is not. What depends on the conversation (ids,
 * an active response, the size of a buffer) is not decided here; {@link ServiceErrors} has those words too.
 *
 * <p>Only the first problem is told. Of one object the order is:
 *
 * <ol>
 *   <li>it is no object ({@code invalid_type}),
 *   <li>the member that tells its kind ({@code type}, {@code role}) is missing or unknown,
 *   <li>a member that does not belong here ({@code unknown_parameter}), in the order of the text,
 *   <li>a required member is missing, in the order of the documentation,
 *   <li>the values, in the order of the text, objects in objects in this same order,
 *   <li>rules between members (a combination, an option that the model does not have).
 * </ol>
 */
public final class EventValidator {
    private EventValidator() {}

    /** Null if the event is well formed. */
    public static @Nullable ErrorDetail validate(JsonObject event, SessionFacts facts) {
        ErrorDetail problem = problem(event, facts);
        return problem == null ? null : ServiceErrors.forEvent(problem, event.string("event_id"));
    }

    /**
     * The same for the {@code session} object of a REST body; the answer is then the body of an HTTP 400.
     *
     * @param model that the session will have
     */
    public static @Nullable ErrorDetail validateSession(JsonObject session, SessionKind kind, String model) {
        SessionFacts facts = new SessionFacts(kind, model, true);
        return ShapeChecker.check(session, SessionShapes.inRequest(kind), "session", facts);
    }

    /** The body of {@code POST /v1/realtime/client_secrets}. */
    public static @Nullable ErrorDetail validateClientSecret(JsonObject body) {
        JsonObject session = body.object("session");
        String model = session == null ? null : session.string("model");
        boolean transcription = session != null && "transcription".equals(session.string("type"));
        SessionKind kind = transcription ? SessionKind.TRANSCRIPTION : SessionKind.REALTIME;
        SessionFacts facts = new SessionFacts(kind, model == null ? "" : model, true);
        return ShapeChecker.check(body, SessionShapes.clientSecret(kind), "", facts);
    }

    /**
     * The body of {@code POST /v1/realtime/calls/{id}/accept}: a session that is not inside another object.
     *
     * @param model that the session will have
     */
    public static @Nullable ErrorDetail validateAccept(JsonObject session, String model) {
        SessionFacts facts = new SessionFacts(SessionKind.REALTIME, model, false);
        return ShapeChecker.check(session, SessionShapes.inRequest(SessionKind.REALTIME), "", facts);
    }

    /** The body of {@code POST /v1/realtime/calls/{id}/reject}. */
    public static @Nullable ErrorDetail validateReject(JsonObject body) {
        return ShapeChecker.check(body, CallShapes.REJECT, "", CallShapes.FACTS);
    }

    /** The body of {@code POST /v1/realtime/calls/{id}/refer}. */
    public static @Nullable ErrorDetail validateRefer(JsonObject body) {
        return ShapeChecker.check(body, CallShapes.REFER, "", CallShapes.FACTS);
    }

    private static @Nullable ErrorDetail problem(JsonObject event, SessionFacts facts) {
        JsonValue type = event.get("type");
        if (type == null) {
            return ServiceErrors.missingType();
        }
        if (!(type instanceof JsonString name)) {
            return ServiceErrors.wrongType("type", "a string", ShapeChecker.found(type));
        }
        Map<String, Shape> shapes = EventShapes.of(facts);
        Shape shape = shapes.get(name.value());
        if (shape == null) {
            return ServiceErrors.notSupported("type", name.value(), List.copyOf(shapes.keySet()));
        }
        return ShapeChecker.check(event, shape, "", facts);
    }
}
