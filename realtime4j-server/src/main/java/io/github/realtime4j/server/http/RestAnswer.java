package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.Handshake.Header;
import java.util.List;

/**
 * One HTTP answer. The front adds {@code content-length}, {@code x-request-id} and the CORS headers.
 *
 * @param headers {@code content-type} among them where there is a body
 */
public record RestAnswer(int status, List<Header> headers, String body) {
    private static final Header JSON = new Header("content-type", "application/json");

    public RestAnswer {
        headers = List.copyOf(headers);
    }

    public static RestAnswer json(int status, JsonValue body) {
        return new RestAnswer(status, List.of(JSON), body.toString());
    }

    public static RestAnswer empty(int status) {
        return new RestAnswer(status, List.of(), "");
    }

    /** The service's error body: {@code {"error":{"message","type","param","code"}}}. */
    public static RestAnswer error(int status, ErrorDetail error) {
        String code = error.code() == null ? null : error.code().value();
        return json(
                status,
                JsonObject.of(
                        "error",
                        JsonObject.of(
                                "message", error.message(),
                                "type", error.type(),
                                "param", error.param(),
                                "code", code)));
    }

    @Override
    public String toString() {
        return "RestAnswer[" + status + ", " + body.length() + " characters]";
    }
}
