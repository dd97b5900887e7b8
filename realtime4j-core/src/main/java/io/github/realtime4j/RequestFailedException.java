package io.github.realtime4j;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.NoAnswerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A REST request that did not do what it was for: refused, not sent, or without an answer. Where its cause is a {@link
 * NoAnswerException} the server may have done it all the same.
 */
public final class RequestFailedException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String requestId;
    private final @Nullable String body;
    private final transient @Nullable ErrorDetail error;
    private final @Nullable Duration retryAfter;

    private RequestFailedException(
            String message,
            int status,
            @Nullable String requestId,
            @Nullable String body,
            @Nullable ErrorDetail error,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.requestId = requestId;
        this.body = body;
        this.error = error;
        this.retryAfter = retryAfter;
    }

    /** Nothing was sent. */
    static RequestFailedException before(String message, @Nullable Throwable cause) {
        return new RequestFailedException(message, 0, null, null, null, null, cause);
    }

    static RequestFailedException of(HandshakeException notSent) {
        return new RequestFailedException(
                String.valueOf(notSent.getMessage()), notSent.status(), null, null, null, null, notSent);
    }

    static RequestFailedException of(NoAnswerException noAnswer) {
        return new RequestFailedException(String.valueOf(noAnswer.getMessage()), 0, null, null, null, null, noAnswer);
    }

    /** An answer that is not one of success. */
    static RequestFailedException of(HttpRequest request, HttpResponse refusal) {
        HttpResponse answer = request.redact(refusal);
        ErrorDetail error = error(answer.text());
        String said = error == null || error.message() == null ? answer.text() : error.message();
        return new RequestFailedException(
                request + " failed: " + answer.explain(hint(answer, error), said),
                answer.status(),
                answer.requestId(),
                beginning(answer.text()),
                error,
                retryAfter(answer),
                null);
    }

    /** An answer of success that does not say what it should. */
    static RequestFailedException unreadable(
            HttpRequest request, HttpResponse answer, String why, @Nullable Throwable cause) {
        String id = answer.requestId();
        String message =
                "The answer to " + request + " cannot be used: " + why + (id == null ? "" : " (request id " + id + ")");
        return new RequestFailedException(message, answer.status(), id, null, null, null, cause);
    }

    private static String hint(HttpResponse answer, @Nullable ErrorDetail error) {
        if (error != null && ErrorCode.CALL_ID_NOT_FOUND.equals(error.code())) {
            return "there is no such call, or it has ended, or it is not ready yet";
        }
        return answer.status() == 400 && error != null ? "it does not take the request as it is" : answer.hint();
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    private static @Nullable ErrorDetail error(String body) {
        JsonObject error;
        try {
            error = JsonObject.parse(body).object("error");
        } catch (MalformedJsonException notJson) {
            return null;
        }
        if (error == null) {
            return null;
        }
        String code = error.string("code");
        return new ErrorDetail(
                error.string("type"),
                code == null ? null : new ErrorCode(code),
                error.string("message"),
                error.string("param"),
                null);
    }

    private static String beginning(String text) {
        return text.length() <= HandshakeException.BODY_LIMIT ? text : text.substring(0, HandshakeException.BODY_LIMIT);
    }

    /** Seconds only; a date is not looked at. */
    private static @Nullable Duration retryAfter(HttpResponse answer) {
        String seconds = answer.header("retry-after");
        return seconds != null && seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** What to quote in a support request. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** The beginning of a refusal's body, at most 4,096 characters. */
    public @Nullable String body() {
        return body;
    }

    /** What the body says, where it is in the service's form. */
    public @Nullable ErrorDetail error() {
        return error;
    }

    /** How long the server wants to be left alone. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
