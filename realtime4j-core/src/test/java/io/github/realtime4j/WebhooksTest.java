package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhooksTest {
    /** The example of the Standard Webhooks specification. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] INCOMING =
            bytes("{\"object\":\"event\",\"id\":\"evt_1\",\"type\":\"realtime.call.incoming\","
                    + "\"created_at\":1614265329,\"data\":{\"call_id\":\"rtc_1\",\"sip_headers\":[{\"name\":\"From\","
                    + "\"value\":\"sip:+142555512112@sip.example.com\"}]}}");

    private final Webhooks webhooks = at(THEN, SECRET);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Webhooks at(Instant now, String... secrets) {
        return Webhooks.of(Clock.fixed(now, ZoneOffset.UTC), secrets);
    }

    private Map<String, String> signed(byte[] body) {
        return webhooks.sign("wh_1", THEN, body);
    }

    private static WebhookException refused(Webhooks receiver, Map<String, String> headers, byte[] body) {
        return catchThrowableOfType(WebhookException.class, () -> receiver.unwrap(headers::get, body));
    }

    @Test
    void theExampleOfTheSpecificationIsSignedAsItSays() {
        assertThat(webhooks.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", THEN, bytes("{\"test\": 2432232314}")))
                .containsExactly(
                        Map.entry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void anIncomingCallIsTyped() {
        assertThat(webhooks.unwrap(signed(INCOMING)::get, INCOMING))
                .isEqualTo(new Call.Incoming(
                        "event",
                        "evt_1",
                        "realtime.call.incoming",
                        1_614_265_329,
                        new Call.Offer(
                                "rtc_1", List.of(new Call.SipHeader("From", "sip:+142555512112@sip.example.com")))));
    }

    @Test
    void anotherEventIsKeptAsItIs() {
        byte[] body = bytes(
                "{\"id\":\"evt_2\",\"type\":\"live.call.incoming\",\"created_at\":7,\"data\":{\"call_id\":\"rtc_1\"}}");
        WebhookEvent event = webhooks.unwrap(signed(body)::get, body);
        assertThat(event).isInstanceOfSatisfying(WebhookEvent.Unknown.class, unknown -> {
            assertThat(unknown.id()).isEqualTo("evt_2");
            assertThat(unknown.type()).isEqualTo("live.call.incoming");
            assertThat(unknown.createdAt()).isEqualTo(7);
            assertThat(unknown.json()).hasToString(new String(body, StandardCharsets.UTF_8));
        });
    }

    @Test
    void headersAreFoundInAnyCaseAndSignaturesInAnyOfTheirLines() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        signed(INCOMING).forEach((name, value) -> headers.put(name.toUpperCase(), List.of(value)));
        headers.computeIfPresent("WEBHOOK-SIGNATURE", (name, right) -> List.of("v1,AAAA", right.get(0)));
        assertThat(webhooks.unwrap(headers, INCOMING)).isInstanceOf(Call.Incoming.class);
    }

    @Test
    void oneRightSignatureOfSeveralIsEnough() {
        Map<String, String> headers = signed(INCOMING);
        headers.computeIfPresent("webhook-signature", (name, right) -> "v1a,xyz v1,not-base64! " + right + " v2,AAAA");
        assertThat(webhooks.unwrap(headers::get, INCOMING)).isInstanceOf(Call.Incoming.class);
    }

    @Test
    void whileSecretsRotateEitherIsBelieved() {
        Webhooks both = at(THEN, OTHER, SECRET);
        assertThat(both.unwrap(signed(INCOMING)::get, INCOMING).id()).isEqualTo("evt_1");
        assertThat(at(THEN, OTHER)
                        .unwrap(both.sign("wh_1", THEN, INCOMING)::get, INCOMING)
                        .id())
                .isEqualTo("evt_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aMissingHeaderIsNamed(String name) {
        Map<String, String> headers = signed(INCOMING);
        headers.remove(name);
        assertThat(refused(webhooks, headers, INCOMING))
                .hasMessage("No " + name + " header: this is not a webhook, or a proxy took it away");
        Map<String, List<String>> lists =
                headers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
        assertThatThrownBy(() -> webhooks.unwrap(lists, INCOMING)).hasMessageStartingWith("No " + name + " header: ");
    }

    @Test
    void fiveMinutesAreTheTolerance() {
        for (int seconds : new int[] {-300, 300}) {
            assertThat(at(THEN.plusSeconds(seconds), SECRET)
                            .unwrap(signed(INCOMING)::get, INCOMING)
                            .id())
                    .isEqualTo("evt_1");
        }
        assertThat(refused(at(THEN.plusSeconds(301), SECRET), signed(INCOMING), INCOMING))
                .hasMessage("webhook-timestamp is 301 s old, and 300 s are allowed: a repeated webhook, or a clock that"
                        + " is wrong");
        assertThat(refused(at(THEN.minusSeconds(301), SECRET), signed(INCOMING), INCOMING))
                .hasMessageStartingWith("webhook-timestamp is 301 s in the future, and 300 s are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1614265330", "1614265330.5", "99999999999999999999"})
    void aTimestampThatIsNoneIsRefused(String timestamp) {
        Map<String, String> headers = signed(INCOMING);
        headers.put("webhook-timestamp", timestamp);
        assertThat(refused(webhooks, headers, INCOMING))
                .hasMessage("webhook-timestamp is not a number of seconds since 1970");
    }

    @Test
    void whatIsNotSignedWithOurSecretByteForByteIsRefused() {
        String message = "No signature in webhook-signature is right: the secret is another one, or the body is not"
                + " what was sent, byte for byte";
        byte[] changed = INCOMING.clone();
        changed[changed.length - 1] = ' ';
        assertThat(refused(webhooks, signed(INCOMING), changed)).hasMessage(message);
        assertThat(refused(at(THEN, OTHER), signed(INCOMING), INCOMING)).hasMessage(message);
        Map<String, String> replayed = new TreeMap<>(signed(INCOMING));
        replayed.put("webhook-timestamp", "1614265331");
        assertThat(refused(webhooks, replayed, INCOMING)).hasMessage(message);
        Map<String, String> renamed = new TreeMap<>(signed(INCOMING));
        renamed.put("webhook-id", "wh_2");
        assertThat(refused(webhooks, renamed, INCOMING)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"evt_1\"}|expected id, type and created_at",
                "[1]|Expected a JSON object but the text is another JSON value",
                "{\"id\":\"evt_1\",\"type\":\"realtime.call.incoming\",\"created_at\":1,\"data\":{}}"
                        + "|Missing field at $.data.call_id",
            })
    void aSignedBodyThatCannotBeReadIsRefused(String body, String reason) {
        assertThat(refused(webhooks, signed(bytes(body)), bytes(body)))
                .hasMessage("The webhook is signed but cannot be read: " + reason);
    }

    @Test
    void aSignedBodyThatIsNotTextIsRefused() {
        byte[] body = {'{', (byte) 0xff, '}'};
        assertThat(refused(webhooks, signed(body), body))
                .hasMessage("The webhook is signed but cannot be read: it is not UTF-8");
    }

    @Test
    void aSecretIsNeitherShownNorTakenWhenItIsNone() {
        assertThat(at(THEN, SECRET, OTHER)).hasToString("Webhooks[2 secrets]");
        assertThatThrownBy(() -> Webhooks.of("whsec_not base64!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A webhook secret must be whsec_ and the Base64 of a key")
                .hasNoCause();
        assertThatThrownBy(() -> Webhooks.of("whsec_")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Webhooks::of).hasMessage("Expected at least one webhook secret");
    }
}
