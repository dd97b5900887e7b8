package io.github.realtime4j.server.http;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/realtime/client_secrets} and its translation twin: mints short-lived keys and remembers them until they
 * expire. Safe from any thread.
 */
public final class ClientSecrets implements RestHandler {
    /** Where sessions are asked for. */
    public static final String PATH = "/v1/realtime/client_secrets";

    /** Where translation sessions are asked for. */
    public static final String TRANSLATION_PATH = "/v1/realtime/translations/client_secrets";

    private static final int DEFAULT_SECONDS = 600;
    private static final int MIN_SECONDS = 10;
    private static final int MAX_SECONDS = 7200;
    private static final int MAX_REMEMBERED = 1_000;

    private final Predicate<String> keys;
    private final SessionEcho echo;
    private final InstantSource clock;
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    /**
     * @param keys whether a key may mint secrets
     * @param echo checks and completes the session that is asked for
     */
    public ClientSecrets(Predicate<String> keys, SessionEcho echo, InstantSource clock) {
        this.keys = keys;
        this.echo = echo;
        this.clock = clock;
    }

    /**
     * A short-lived key.
     *
     * @param value {@code ek_…}; not printed
     * @param session as it was asked for, and checked; what sessions with this key start from
     */
    public record Secret(String value, Instant expiresAt, boolean translation, JsonObject session) {
        @Override
        public String toString() {
            return "Secret[expiresAt=" + expiresAt + "]";
        }
    }

    /** The secret with this value, unless it is unknown or has expired. May be asked for as often as sessions start. */
    public synchronized Optional<Secret> find(String value) {
        return Optional.ofNullable(secrets.get(value)).filter(this::isAlive);
    }

    private boolean isAlive(Secret secret) {
        return clock.instant().isBefore(secret.expiresAt());
    }

    @Override
    public RestAnswer handle(RestRequest request) {
        authorize(request);
        JsonObject body = JsonBody.of(request.body());
        for (String name : body.members().keySet()) {
            if (!name.equals("expires_after") && !name.equals("session")) {
                throw unknown(name);
            }
        }
        int seconds = seconds(body);
        boolean translation = request.path().equals(TRANSLATION_PATH);
        JsonObject session = object(body, "session");
        JsonObject full = echo.echo(translation, session == null ? JsonObject.EMPTY : session);
        Secret secret = new Secret(
                "ek_" + RandomText.hex(32),
                Instant.ofEpochSecond(clock.instant().getEpochSecond() + seconds),
                translation,
                session == null ? JsonObject.EMPTY : session);
        remember(secret);
        return RestAnswer.json(
                200,
                JsonObject.of(
                        "value", secret.value(),
                        "expires_at", secret.expiresAt().getEpochSecond(),
                        "session", full));
    }

    /** @throws RestException status 401 unless the request carries a good API key */
    void authorize(RestRequest request) {
        String key = Credentials.of(request).key();
        if (key == null) {
            throw RestException.invalidRequest(401, null, "Missing bearer or basic authentication in header", null);
        }
        if (!keys.test(key)) {
            throw RestException.invalidRequest(
                    401,
                    ErrorCode.INVALID_API_KEY,
                    "Incorrect API key provided: " + masked(key)
                            + ". You can find your API key at https://platform.openai.com/account/api-keys.",
                    null);
        }
    }

    /** What the service shows of a wrong key; nothing of a short one. */
    static String masked(String key) {
        int head = key.startsWith("sk-proj-") ? 8 : 3;
        return key.length() < 20 ? "***" : key.substring(0, head) + "***" + key.substring(key.length() - 4);
    }

    private static int seconds(JsonObject body) {
        JsonObject expiresAfter = object(body, "expires_after");
        if (expiresAfter == null) {
            return DEFAULT_SECONDS;
        }
        for (String name : expiresAfter.members().keySet()) {
            if (!name.equals("anchor") && !name.equals("seconds")) {
                throw unknown("expires_after." + name);
            }
        }
        checkAnchor(expiresAfter.get("anchor"));
        JsonValue given = expiresAfter.get("seconds");
        if (given == null || given instanceof JsonNull) {
            return DEFAULT_SECONDS;
        }
        if (!(given instanceof JsonNumber number) || !JsonBody.isWhole(number.value())) {
            throw wrongType("expires_after.seconds", "an integer", given);
        }
        if (number.value().compareTo(BigDecimal.valueOf(MIN_SECONDS)) < 0) {
            throw outOfRange("integer_below_min_value", "below minimum value", ">= " + MIN_SECONDS, number);
        }
        if (number.value().compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
            throw outOfRange("integer_above_max_value", "above maximum value", "<= " + MAX_SECONDS, number);
        }
        return number.value().intValueExact();
    }

    private static void checkAnchor(@Nullable JsonValue anchor) {
        if (anchor == null || anchor instanceof JsonNull) {
            return;
        }
        if (!(anchor instanceof JsonString string)) {
            throw wrongType("expires_after.anchor", "a string", anchor);
        }
        if (!string.value().equals("created_at")) {
            throw RestException.invalidRequest(
                    400,
                    ErrorCode.INVALID_VALUE,
                    "Invalid value: '" + string.value() + "'. Value must be 'created_at'.",
                    "expires_after.anchor");
        }
    }

    private static @Nullable JsonObject object(JsonObject body, String name) {
        JsonValue value = body.get(name);
        if (value == null || value instanceof JsonNull) {
            return null;
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrongType(name, "an object", value);
    }

    private static RestException wrongType(String param, String expected, JsonValue got) {
        return RestException.invalidRequest(
                400,
                new ErrorCode("invalid_type"),
                "Invalid type for '" + param + "': expected " + expected + ", but got " + JsonBody.kind(got)
                        + " instead.",
                param);
    }

    private static RestException outOfRange(String code, String where, String expected, JsonNumber got) {
        return RestException.invalidRequest(
                400,
                new ErrorCode(code),
                "Invalid 'expires_after.seconds': integer " + where + ". Expected a value " + expected + ", but got "
                        + got + " instead.",
                "expires_after.seconds");
    }

    private static RestException unknown(String param) {
        return RestException.invalidRequest(
                400, ErrorCode.UNKNOWN_PARAMETER, "Unknown parameter: '" + param + "'.", param);
    }

    private synchronized void remember(Secret secret) {
        secrets.values().removeIf(known -> !isAlive(known));
        if (secrets.size() >= MAX_REMEMBERED) {
            throw new RestException(
                    429,
                    new ErrorDetail(
                            "requests",
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "Rate limit reached: this server remembers at most " + MAX_REMEMBERED + " client secrets.",
                            null,
                            null));
        }
        secrets.put(secret.value(), secret);
    }
}
