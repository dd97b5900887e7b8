package io.github.realtime4j;

import io.github.realtime4j.codec.DecodeException;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.WebhookEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes webhooks of the service, such as the one that announces a telephone call, and believes only those that it signed
 * within the last five minutes (Standard Webhooks: HMAC-SHA256 over {@code id.timestamp.body}, in {@code webhook-signature}).
 *
 * <pre>{@code
 * WebhookEvent event = webhooks.unwrap(request::getHeader, body);
 * if (event instanceof Call.Incoming call) {
 *     client.calls().accept(call.data().callId(), session);
 * }
 * }</pre>
 *
 * <p>The same webhook may come more than once; its id tells. Safe for use by any thread.
 */
public final class Webhooks {
    /** How old a webhook may be, and how far in the future. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final List<SecretKeySpec> secrets;
    private final Clock clock;

    private Webhooks(List<SecretKeySpec> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * @param secrets {@code whsec_…}: while one replaces another, both, the new one first
     * @throws IllegalArgumentException if there is none, or one is not the Base64 of a key
     */
    public static Webhooks of(String... secrets) {
        return of(Clock.systemUTC(), secrets);
    }

    /** @param clock tells what is old */
    public static Webhooks of(Clock clock, String... secrets) {
        if (secrets.length == 0) {
            throw new IllegalArgumentException("Expected at least one webhook secret");
        }
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(key(secret));
        }
        return new Webhooks(List.copyOf(keys), clock);
    }

    private static SecretKeySpec key(String secret) {
        String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            key = new byte[0];
        }
        if (key.length == 0) {
            throw new IllegalArgumentException("A webhook secret must be whsec_ and the Base64 of a key");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Verifies one webhook and reads it.
     *
     * @param header the request's header of a name in lower case, null if it has none; the names of headers know no case, and
     *     the function must not either
     * @param body as it came, byte for byte
     * @throws WebhookException if it is not signed, not by one of the secrets, too old, or not readable
     */
    public WebhookEvent unwrap(Function<String, @Nullable String> header, byte[] body) {
        String id = required(header, ID);
        String timestamp = required(header, TIMESTAMP);
        String signatures = required(header, SIGNATURE);
        checkAge(timestamp);
        byte[] signed = signed(id, timestamp, body);
        boolean matches = false;
        for (String signature : SPACES.split(signatures)) {
            matches |= signature.startsWith(VERSION) && isOurs(signature.substring(VERSION.length()), signed);
        }
        if (!matches) {
            throw new WebhookException(
                    "No signature in webhook-signature is right: the secret is another one, or the body is not what was"
                            + " sent, byte for byte",
                    null);
        }
        return read(body);
    }

    /** The same with headers in a map, as many servers have them; the case of names does not matter. */
    public WebhookEvent unwrap(Map<String, List<String>> headers, byte[] body) {
        return unwrap(
                name -> headers.entrySet().stream()
                        .filter(header -> name.equalsIgnoreCase(header.getKey()))
                        .flatMap(header -> header.getValue().stream())
                        .collect(Collectors.joining(" ")),
                body);
    }

    private static String required(Function<String, @Nullable String> header, String name) {
        String value = header.apply(name);
        if (value == null || value.isBlank()) {
            throw new WebhookException("No " + name + " header: this is not a webhook, or a proxy took it away", null);
        }
        return value.strip();
    }

    private void checkAge(String timestamp) {
        if (!SECONDS.matcher(timestamp).matches()) {
            throw new WebhookException("webhook-timestamp is not a number of seconds since 1970", null);
        }
        long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) > TOLERANCE.toSeconds()) {
            throw new WebhookException(
                    "webhook-timestamp is " + Math.abs(age) + " s " + (age > 0 ? "old" : "in the future") + ", and "
                            + TOLERANCE.toSeconds() + " s are allowed: a repeated webhook, or a clock that is wrong",
                    null);
        }
    }

    private boolean isOurs(String base64, byte[] signed) {
        byte[] given;
        try {
            given = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        boolean matches = false;
        for (SecretKeySpec secret : secrets) {
            matches |= MessageDigest.isEqual(hmac(secret, signed), given);
        }
        return matches;
    }

    private static byte[] signed(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    private static byte[] hmac(SecretKeySpec secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WebhookEvent read(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonObject json = JsonObject.parse(text);
            if (Call.Incoming.TYPE.equals(json.string("type"))) {
                return EventCodec.read(ByteBuffer.wrap(body), Call.Incoming.class);
            }
            return unknown(json);
        } catch (CharacterCodingException notUtf8) {
            throw unreadable("it is not UTF-8", notUtf8);
        } catch (DecodeException | MalformedJsonException unreadable) {
            throw unreadable(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private static WebhookEvent unknown(JsonObject json) {
        String id = json.string("id");
        String type = json.string("type");
        if (id == null || type == null || !(json.get("created_at") instanceof JsonNumber createdAt)) {
            throw unreadable("expected id, type and created_at", null);
        }
        return new WebhookEvent.Unknown(id, type, createdAt.value().longValue(), json);
    }

    private static WebhookException unreadable(String why, @Nullable Throwable cause) {
        return new WebhookException("The webhook is signed but cannot be read: " + why, cause);
    }

    /**
     * The headers of a webhook, signed with the first secret: for tests, and for servers that play the service.
     *
     * @param id {@code wh_…}, new for each webhook and the same when one is repeated
     */
    public Map<String, String> sign(String id, Instant timestamp, byte[] body) {
        String seconds = Long.toString(timestamp.getEpochSecond());
        byte[] hmac = hmac(secrets.get(0), signed(id, seconds, body));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, seconds);
        headers.put(SIGNATURE, VERSION + Base64.getEncoder().encodeToString(hmac));
        return headers;
    }

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "Webhooks[" + secrets.size() + (secrets.size() == 1 ? " secret]" : " secrets]");
    }
}
