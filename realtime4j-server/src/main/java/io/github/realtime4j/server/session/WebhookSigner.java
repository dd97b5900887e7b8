package io.github.realtime4j.server.session;

import io.github.realtime4j.server.IncomingCall.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks says: HMAC-SHA256 over {@code id.timestamp.body}. Safe for any thread. */
public final class WebhookSigner {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * @param secret {@code whsec_} and a key in Base64
     * @throws IllegalArgumentException if it is not that
     */
    public WebhookSigner(String secret) {
        key = new SecretKeySpec(keyOf(secret), ALGORITHM);
    }

    private static byte[] keyOf(String secret) {
        try {
            byte[] bytes = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(6) : "");
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below, without the secret.
        }
        throw new IllegalArgumentException("Expected a webhook secret: whsec_ and a key in Base64");
    }

    Webhook sign(String id, Instant at, String body) {
        String timestamp = Long.toString(at.getEpochSecond());
        return new Webhook(
                body,
                Map.of(
                        "content-type",
                        "application/json",
                        "user-agent",
                        "OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        timestamp,
                        "webhook-signature",
                        "v1," + signature(id + "." + timestamp + "." + body)));
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
