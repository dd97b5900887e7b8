package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A telephone call to the application under test, from the caller's side. It rings until the application accepts or
 * rejects it over REST; while it is accepted, connections with its {@code call_id} attend to it. Safe for any thread.
 */
public interface IncomingCall {
    String callId();

    /** What the service would post to the application: {@code realtime.call.incoming}. */
    Webhook webhook();

    /**
     * A signed request, as in Standard Webhooks.
     *
     * @param body JSON; the signature is over these characters
     * @param headers names in lower case: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature} and others
     */
    record Webhook(String body, Map<String, String> headers) {
        public Webhook {
            headers = Map.copyOf(headers);
        }
    }

    /** Waits until the application has accepted or rejected the call, or the caller has hung up. */
    void awaitAnswer(Duration timeout) throws InterruptedException, TimeoutException;

    /** Waits until the call is over. */
    void awaitEnd(Duration timeout) throws InterruptedException, TimeoutException;

    /** The {@code session} that the application accepted the call with; null if it has not. */
    @Nullable
    JsonObject acceptedWith();

    /** The SIP status that the application rejected the call with; null if it has not. */
    @Nullable
    Integer rejectedWith();

    /** The URI that the application handed the call on to; null if it has not. */
    @Nullable
    String referredTo();

    /** Whether it was rejected, handed on or hung up. */
    boolean isOver();

    /**
     * Says something; nobody hears it before the call is accepted.
     *
     * @param pcm 24 kHz PCM
     */
    void say(AudioBytes pcm);

    /**
     * Presses keys, one after another.
     *
     * @throws IllegalArgumentException for a character that is no key: {@code 0-9 * # A-D}
     */
    void press(String keys);

    /** What the caller has heard until now, at the speed of speech: 24 kHz PCM, the latest eleven minutes. */
    AudioBytes heard();

    /** The caller hangs up. */
    void hangUp();
}
