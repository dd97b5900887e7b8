package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.transport.Handshake.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallRoutesTest {
    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE a d v",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
            "a=mid:a",
            "a=rtpmap:111 opus/48000/2",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=mid:d",
            "m=video 9 UDP/TLS/RTP/SAVPF 120",
            "a=mid:v",
            "");

    private final List<String> asked = new ArrayList<>();
    private final ClientSecrets secrets = new ClientSecrets(
            "sk-right"::equals, (translation, session) -> session, () -> Instant.ofEpochSecond(1_000));
    private final CallRoutes routes = new CallRoutes(secrets, new ScriptedSwitchboard());

    /** Remembers what it was asked for. */
    private final class ScriptedSwitchboard implements Switchboard {
        @Override
        public String create(JsonObject session) {
            asked.add("create " + session);
            return "rtc_u0_1";
        }

        @Override
        public void accept(String callId, JsonObject session) {
            asked.add("accept " + callId + " " + session);
        }

        @Override
        public void reject(String callId, JsonObject body) {
            asked.add("reject " + callId + " " + body);
        }

        @Override
        public void refer(String callId, JsonObject body) {
            asked.add("refer " + callId + " " + body);
        }

        @Override
        public void hangUp(String callId) {
            asked.add("hangup " + callId);
        }
    }

    private RestAnswer request(String method, String path, String key, String type, String body) {
        List<Header> headers = List.of(new Header("Authorization", "Bearer " + key), new Header("Content-Type", type));
        try {
            return routes.handle(new RestRequest(method, path, "", headers, body));
        } catch (RestException e) {
            return e.answer();
        }
    }

    private RestAnswer create(String type, String body) {
        return request("POST", "/v1/realtime/calls", "sk-right", type, body);
    }

    private static String form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append("--b0\r\nContent-Disposition: form-data; name=\"")
                    .append(namesAndValues[i])
                    .append("\"\r\nContent-Type: text/plain\r\n\r\n")
                    .append(namesAndValues[i + 1])
                    .append("\r\n");
        }
        return form + "--b0--\r\n";
    }

    @Test
    void anOfferAndASessionBeginACall() {
        RestAnswer answer =
                create("multipart/form-data; boundary=\"b0\"", form("sdp", OFFER, "session", "{\"type\":1}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers())
                .contains(
                        new Header("location", "/v1/realtime/calls/rtc_u0_1"),
                        new Header("content-type", "text/plain; charset=utf-8"));
        assertThat(asked).containsExactly("create {\"type\":1}");
    }

    @Test
    void theAnswerTakesTheOffersSectionsAndPayloadTypes() {
        String answer = create("application/sdp", OFFER).body();
        assertThat(answer).startsWith("v=0\r\n").endsWith("\r\n").doesNotContain("PCMA");
        assertThat(answer.lines())
                .contains(
                        "a=ice-lite",
                        "a=group:BUNDLE a d",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
                        "a=mid:a",
                        "a=setup:active",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 minptime=10;useinbandfec=1",
                        "a=rtpmap:0 PCMU/8000",
                        "a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host",
                        "a=candidate:6 1 tcp 1671430143 192.0.2.3 443 typ host tcptype passive",
                        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                        "a=sctp-port:5000",
                        "a=max-message-size:1073741823",
                        "m=video 0 UDP/TLS/RTP/SAVPF 120")
                .anyMatch(line -> line.matches("a=ssrc:[0-9]+ cname:realtimeapi"))
                .anyMatch(line -> line.matches("a=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    }

    @Test
    void aClientSecretBringsItsSession() {
        List<Header> headers = List.of(new Header("Authorization", "Bearer sk-right"));
        String body = "{\"session\":{\"type\":\"realtime\",\"instructions\":\"Hum.\"}}";
        String minted = secrets.handle(new RestRequest("POST", ClientSecrets.PATH, "", headers, body))
                .body();
        String key = String.valueOf(JsonObject.parse(minted).string("value"));
        RestAnswer answer = request("POST", "/v1/realtime/calls", key, "application/sdp", OFFER);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(asked).containsExactly("create {\"type\":\"realtime\",\"instructions\":\"Hum.\"}");
        assertThat(request("POST", "/v1/realtime/calls/rtc_1/hangup", key, "", "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsNoOfferIsRefused() {
        assertThat(create("application/sdp", "hello").body())
                .contains("Invalid 'sdp'. Expected an SDP offer with an audio section.", "\"param\":\"sdp\"");
        assertThat(create("application/sdp", "v=0\r\nm=video 9 x 1\r\n").status())
                .isEqualTo(400);
        assertThat(create("multipart/form-data; boundary=b0", form("session", "{}"))
                        .body())
                .contains("Missing required parameter: 'sdp'.", "missing_required_parameter");
        assertThat(create("multipart/form-data", form("sdp", OFFER)).status()).isEqualTo(400);
        assertThat(create("multipart/form-data; boundary=b0", form("sdp", OFFER, "session", "{"))
                        .body())
                .contains("invalid_json");
        RestAnswer json = create("application/json", "{}");
        assertThat(json.status()).isEqualTo(415);
        assertThat(json.body())
                .contains("Unsupported content type. This API method only accepts 'multipart/form-data' or"
                        + " 'application/sdp' requests, but you specified the header 'Content-Type: application/json'."
                        + " Please try again with a supported content type.");
        assertThat(asked).isEmpty();
    }

    @Test
    void everyVerbIsAPathOfItsOwn() {
        String call = "/v1/realtime/calls/rtc_1/";
        assertThat(request("POST", call + "accept", "sk-right", "application/json", "{\"a\":1}"))
                .isEqualTo(RestAnswer.empty(200));
        assertThat(request("POST", call + "reject", "sk-right", "", "")).isEqualTo(RestAnswer.empty(200));
        assertThat(request("POST", call + "refer", "sk-right", "", "{}")).isEqualTo(RestAnswer.empty(200));
        assertThat(request("POST", call + "hangup", "sk-right", "", "")).isEqualTo(RestAnswer.empty(200));
        assertThat(asked)
                .containsExactly("accept rtc_1 {\"a\":1}", "reject rtc_1 {}", "refer rtc_1 {}", "hangup rtc_1");
    }

    @Test
    void everythingElseIsNotThere() {
        assertThat(request("GET", "/v1/realtime/calls", "sk-right", "", "").status())
                .isEqualTo(405);
        assertThat(request("POST", "/v1/realtime/calls/rtc_1", "sk-right", "", "")
                        .status())
                .isEqualTo(404);
        assertThat(request("POST", "/v1/realtime/calls/rtc_1/sing", "sk-right", "", "")
                        .status())
                .isEqualTo(404);
        assertThat(request("POST", "/v1/realtime/calls/rtc_1/hangup", "sk-wrong", "", "")
                        .status())
                .isEqualTo(401);
        assertThat(request("POST", "/v1/realtime/calls", "sk-wrong", "application/sdp", OFFER)
                        .status())
                .isEqualTo(401);
        assertThat(asked).isEmpty();
    }
}
