package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.ErrorCode;
import java.math.BigDecimal;

/** Reads bodies that should be a JSON object, and finds the service's words for what they are instead. */
final class JsonBody {
    private JsonBody() {}

    /** @throws RestException status 400 if it is no JSON object; an empty body is an empty object */
    static JsonObject of(String text) {
        if (text.isEmpty()) {
            return JsonObject.EMPTY;
        }
        JsonValue value;
        try {
            value = JsonValue.parse(text);
        } catch (MalformedJsonException e) {
            throw RestException.invalidRequest(
                    400,
                    ErrorCode.INVALID_JSON,
                    "Invalid body: failed to parse JSON value. Please check the value to ensure it is valid JSON. (Common"
                            + " errors include trailing commas, missing closing brackets, missing quotation marks, etc.)",
                    null);
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw RestException.invalidRequest(
                400,
                new ErrorCode("invalid_type"),
                "Invalid type for body: expected an object, but got " + kind(value) + " instead.",
                null);
    }

    /** With its article. */
    static String kind(JsonValue value) {
        if (value instanceof JsonObject) {
            return "an object";
        } else if (value instanceof JsonArray) {
            return "an array";
        } else if (value instanceof JsonString) {
            return "a string";
        } else if (value instanceof JsonBoolean) {
            return "a boolean";
        } else if (value instanceof JsonNumber number) {
            return isWhole(number.value()) ? "an integer" : "a decimal number";
        }
        return "null";
    }

    static boolean isWhole(BigDecimal value) {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }
}
