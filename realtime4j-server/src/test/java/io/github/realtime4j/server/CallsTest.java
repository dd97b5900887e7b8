package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.ConnectRefusedException;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.http.RestAnswer;
import io.github.realtime4j.server.http.RestException;
import io.github.realtime4j.server.http.RestRequest;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.Handshake.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Telephone calls, and the connections that attend to them; in memory, on one thread, in time that stands still. */
final class CallsTest {
    private static final Duration NOW = Duration.ZERO;
    private static final String UPDATE =
            "{'type':'session.update','session':{'type':'realtime','instructions':'Hum.'}}";

    private final ManualTime time = new ManualTime(Instant.parse("2026-07-28T05:00:00Z"));
    private RealtimeServer server = server(Pacing.NONE);
    private final List<MemoryClient> clients = new ArrayList<>();

    private RealtimeServer server(Pacing pacing) {
        return RealtimeServer.builder()
                .sameThread()
                .time(time)
                .pacing(pacing)
                .synthesizer(new ToneSynthesizer())
                .start();
    }

    @AfterEach
    void close() {
        clients.forEach(MemoryClient::close);
        server.close();
    }

    private RestAnswer post(String path, String body) {
        try {
            return server.rest()
                    .handle(new RestRequest(
                            "POST",
                            "/v1/realtime/calls/" + path,
                            "",
                            List.of(new Header("Authorization", "Bearer sk-test")),
                            body.replace('\'', '"')));
        } catch (RestException e) {
            return e.answer();
        }
    }

    private IncomingCall accepted() {
        IncomingCall call = server.ring("sip:+14255550100@example.com");
        assertThat(post(call.callId() + "/accept", "{'type':'realtime','model':'gpt-realtime'}"))
                .isEqualTo(RestAnswer.empty(200));
        return call;
    }

    private MemoryClient attend(IncomingCall call) {
        MemoryClient client = MemoryClient.attend(server, call.callId());
        clients.add(client);
        return client;
    }

    private static AudioBytes pcm(Duration length) {
        return AudioBytes.wrap(new byte[(int) AudioFormat.PCM16_24KHZ.bytesIn(length)]);
    }

    private static void assertNotFound(RestAnswer answer, String callId) {
        assertThat(answer)
                .isEqualTo(RestAnswer.json(
                        404,
                        JsonObject.of(
                                "error",
                                JsonObject.of(
                                        "message",
                                        "No call found for call ID '" + callId + "'.",
                                        "type",
                                        "invalid_request_error",
                                        "param",
                                        null,
                                        "code",
                                        "call_id_not_found"))));
    }

    @Test
    void aCallRingsUntilItIsAccepted() throws Exception {
        IncomingCall call = server.ring("sip:+14255550100@example.com");
        assertThat(call.callId()).matches("rtc_u0_[0-9A-Za-z]{21}");
        assertNotReady(call.callId());
        assertThatThrownBy(() -> call.awaitAnswer(NOW)).hasMessage("The call was not answered within 0 ms");

        String session = "{'type':'realtime','model':'gpt-realtime-2.1','instructions':'Be brief.'}";
        assertThat(post(call.callId() + "/accept", session)).isEqualTo(RestAnswer.empty(200));

        call.awaitAnswer(NOW);
        assertThat(call.acceptedWith()).isEqualTo(JsonObject.parse(session.replace('\'', '"')));
        assertThat(call.isOver()).isFalse();
        MemoryClient client = attend(call);
        client.say(UPDATE.replace("Hum.", "Sing."));
        JsonObject updated = client.last("session.updated").object("session");
        assertThat(String.valueOf(updated))
                .contains("\"id\":\"sess_" + call.callId().substring(4) + "\"", "\"voice\":\"marin\"", "Sing.");
        assertNotFound(post(call.callId() + "/accept", session), call.callId());
        assertNotFound(post(call.callId() + "/reject", ""), call.callId());
    }

    private void assertNotReady(String callId) {
        assertThatThrownBy(() -> MemoryClient.attend(server, callId))
                .isInstanceOfSatisfying(ConnectRefusedException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(404);
                    assertThat(refusal.body()).isNull();
                });
    }

    @Test
    void aCallCanBeRejected() throws Exception {
        IncomingCall declined = server.ring("sip:a@example.com");
        assertThat(post(declined.callId() + "/reject", "")).isEqualTo(RestAnswer.empty(200));
        declined.awaitEnd(NOW);
        assertThat(declined.rejectedWith()).isEqualTo(603);
        IncomingCall busy = server.ring("sip:a@example.com");
        assertThat(post(busy.callId() + "/reject", "{'status_code':486}").status())
                .isEqualTo(200);
        assertThat(busy.rejectedWith()).isEqualTo(486);
        assertThat(busy.acceptedWith()).isNull();
        assertNotReady(busy.callId());
    }

    @Test
    void whatIsWrongWithARequestIsTold() {
        IncomingCall call = server.ring("sip:a@example.com");
        String id = call.callId();
        assertThat(error(post(id + "/accept", "{}")))
                .isEqualTo("missing_required_parameter: Missing required parameter: 'type'. (type)");
        assertThat(error(post(id + "/accept", "{'type':'realtime','modalities':['audio']}")))
                .isEqualTo("unknown_parameter: Unknown parameter: 'modalities'. (modalities)");
        assertThat(error(post(id + "/accept", "{'type':'realtime','model':'gpt-nope'}")))
                .startsWith("invalid_model: Model \"gpt-nope\" is not supported in realtime mode.");
        assertThat(error(post(id + "/reject", "{'status_code':200}")))
                .isEqualTo("integer_below_min_value: Invalid 'status_code': integer below minimum value."
                        + " Expected a value >= 300, but got 200 instead. (status_code)");
        assertThat(call.isOver()).isFalse();
        post(id + "/accept", "{'type':'realtime'}");
        assertThat(error(post(id + "/refer", "{}")))
                .isEqualTo("missing_required_parameter: Missing required parameter: 'target_uri'. (target_uri)");
        assertThat(error(post(id + "/refer", "{'target_uri':'http://a'}"))).contains("target_uri");
        assertThat(call.referredTo()).isNull();
    }

    private static String error(RestAnswer answer) {
        assertThat(answer.status()).isEqualTo(400);
        JsonObject error = JsonObject.parse(answer.body()).object("error");
        assertThat(error).isNotNull();
        return error.string("code") + ": " + error.string("message") + " (" + error.string("param") + ")";
    }

    @Test
    void aCallThatIsHandedOnOrHungUpIsOverForEverybody() throws Exception {
        IncomingCall referred = accepted();
        MemoryClient client = attend(referred);
        assertThat(post(referred.callId() + "/refer", "{'target_uri':'tel:+14155550123'}"))
                .isEqualTo(RestAnswer.empty(200));
        assertThat(referred.referredTo()).isEqualTo("tel:+14155550123");
        referred.awaitEnd(NOW);
        assertThat(client.connection().ended().join().code()).isEqualTo(1000);

        IncomingCall hungUp = accepted();
        MemoryClient other = attend(hungUp);
        assertThat(post(hungUp.callId() + "/hangup", "")).isEqualTo(RestAnswer.empty(200));
        assertThat(hungUp.isOver()).isTrue();
        assertThat(other.connection().ended()).isDone();
        assertNotFound(post(hungUp.callId() + "/hangup", ""), hungUp.callId());
        assertNotReady(hungUp.callId());
        assertThat(time.pending()).isZero();
    }

    @Test
    void theCallerMayHangUpWhileItRingsAndAfterwards() {
        IncomingCall ringing = server.ring("sip:a@example.com");
        ringing.hangUp();
        assertThat(ringing.isOver()).isTrue();
        assertNotFound(post(ringing.callId() + "/accept", "{'type':'realtime'}"), ringing.callId());
        IncomingCall accepted = accepted();
        MemoryClient client = attend(accepted);
        accepted.hangUp();
        assertThat(accepted.isOver()).isTrue();
        assertThat(client.connection().ended()).isDone();
    }

    @Test
    void nothingIsSentUntilTheClientActsAndTheSocketLivesAsLongAsTheCall() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        assertThat(client.news()).isEmpty();
        client.say(UPDATE);
        assertThat(client.types()).containsExactly("session.updated");
        time.advance(Duration.ofMinutes(60));
        assertThat(client.types()).containsExactly("error");
        assertThat(client.connection().ended().join().code()).isEqualTo(1001);
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void aTextTurnComesInTheRecordedOrder() {
        MemoryClient client = attend(accepted());
        client.say(
                "{'type':'session.update','session':{'type':'realtime','output_modalities':['text']}}",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':["
                        + "{'type':'input_text','text':'Say hello.'}]}}",
                "{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "session.updated",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
    }

    @Test
    void speechIsPlayedToTheCallerAndNotSent() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(2)), "Hello there."));
        client.say("{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_audio_transcript.delta",
                        "output_audio_buffer.started",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        String responseId =
                String.valueOf(client.last("response.done").object("response").string("id"));
        assertThat(client.last("output_audio_buffer.started").string("response_id"))
                .isEqualTo(responseId);
        assertThat(client.last("output_audio_buffer.started").string("event_id"))
                .matches("event_[0-9a-f]{16}");
        assertThat(call.heard().size()).isZero();
        time.advance(Duration.ofMillis(1_999));
        assertThat(client.news()).isEmpty();
        assertThat(call.heard()).isEqualTo(pcm(Duration.ofMillis(1_999)));
        time.advance(Duration.ofMillis(1));
        assertThat(client.types()).containsExactly("output_audio_buffer.stopped");
        assertThat(client.last("output_audio_buffer.stopped").string("response_id"))
                .isEqualTo(responseId);
        assertThat(call.heard()).isEqualTo(pcm(Duration.ofSeconds(2)));
    }

    @Test
    void aSecondResponseIsPlayedAfterTheFirst() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        server.enqueue(
                ScriptedResponse.speech(pcm(Duration.ofSeconds(2)), "One."),
                ScriptedResponse.speech(pcm(Duration.ofSeconds(1)), "Two."));
        client.say("{'type':'response.create'}", "{'type':'response.create'}");
        assertThat(client.types()).containsOnlyOnce("output_audio_buffer.started");
        time.advance(Duration.ofSeconds(2));
        assertThat(client.types()).containsExactly("output_audio_buffer.stopped", "output_audio_buffer.started");
        time.advance(Duration.ofSeconds(1));
        assertThat(client.types()).containsExactly("output_audio_buffer.stopped");
    }

    @Test
    void theCallerInterruptsWhatIsStillBeingPlayed() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(4)), "A long story."));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofMillis(1_490));
        client.news();
        call.say(tone());
        List<JsonObject> news = client.news();
        assertThat(news.stream().map(event -> event.string("type")))
                .startsWith(
                        "input_audio_buffer.speech_started",
                        "output_audio_buffer.cleared",
                        "conversation.item.truncated");
        assertThat(String.valueOf(news.get(2).get("audio_end_ms"))).isEqualTo("1480");
        assertThat(call.heard()).isEqualTo(pcm(Duration.ofMillis(1_490)));
        time.advance(Duration.ofSeconds(10));
        assertThat(client.types()).doesNotContain("output_audio_buffer.stopped");
    }

    @Test
    void theCallerInterruptsAResponseThatIsNotDone() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        server.enqueue(ScriptedResponse.neverAfter("So it goes"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofMillis(100));
        client.news();
        call.say(tone());
        assertThat(client.types().subList(0, 5))
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "output_audio_buffer.cleared",
                        "response.done",
                        "rate_limits.updated",
                        "conversation.item.truncated");
        assertThat(client.last("response.done").toString()).contains("turn_detected");
    }

    @Test
    void theCallerInterruptsWhatIsStillBeingMade() {
        server = server(Pacing.REAL_TIME);
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(3)), "Once upon a time"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofSeconds(1));
        client.news();
        call.say(tone());
        assertThat(client.types().subList(0, 10))
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "output_audio_buffer.cleared",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated",
                        "conversation.item.truncated");
        assertThat(String.valueOf(client.last("conversation.item.truncated").get("audio_end_ms")))
                .isEqualTo("900");
    }

    /** Loud enough for voice activity detection. */
    private static AudioBytes tone() {
        byte[] pcm = new byte[(int) AudioFormat.PCM16_24KHZ.bytesIn(Duration.ofMillis(600))];
        for (int i = 0; i < pcm.length / 2; i++) {
            double seconds = i / 24_000.0;
            double voice = Math.sin(seconds * 2 * Math.PI * 160) + Math.sin(seconds * 2 * Math.PI * 480);
            int sample = (int) (voice * 8_000 * (0.6 + 0.4 * Math.sin(seconds * 2 * Math.PI * 5)));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return AudioBytes.wrap(pcm);
    }

    @Test
    void theClientCutsOffWhatIsPlayed() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        client.say("{'type':'output_audio_buffer.clear'}");
        assertThat(client.news()).isEmpty();
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(3)), "Once upon a time"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofSeconds(1));
        client.news();
        client.say("{'type':'output_audio_buffer.clear'}");
        assertThat(client.types()).containsExactly("output_audio_buffer.cleared");
        time.advance(Duration.ofSeconds(10));
        assertThat(client.news()).isEmpty();
        assertThat(call.heard()).isEqualTo(pcm(Duration.ofSeconds(1)));
    }

    @Test
    void aResponseThatGoesOnWhenItsSoundIsCutOffStaysSilent() {
        server = server(Pacing.REAL_TIME);
        MemoryClient client = attend(accepted());
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(3)), "Once upon a time"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofSeconds(1));
        client.say("{'type':'output_audio_buffer.clear'}");
        client.news();
        time.advance(Duration.ofSeconds(10));
        assertThat(client.types()).contains("response.done").noneMatch(type -> type.startsWith("output_audio_"));
    }

    @Test
    void everySidebandHearsTheSessionAndOnlyTheAskerHearsARefusal() throws Exception {
        IncomingCall call = accepted();
        MemoryClient one = attend(call);
        MemoryClient other = attend(call);
        one.say(UPDATE);
        assertThat(one.types()).containsExactly("session.updated");
        assertThat(other.types()).containsExactly("session.updated");
        other.say("{'type':'response.cancel'}", "{'type':'nope'}");
        assertThat(other.types()).containsExactly("error", "error");
        assertThat(one.news()).isEmpty();
        one.connection().close();
        other.say(UPDATE);
        assertThat(other.types()).containsExactly("session.updated");
        assertThat(call.isOver()).isFalse();
        assertThat(server.takeSession().types()).containsExactly("session.update");
        assertThat(server.awaitSession(NOW).types()).containsExactly("response.cancel", "nope", "session.update");
    }

    @Test
    void keysAreToldWithTheirTime() {
        IncomingCall call = accepted();
        MemoryClient client = attend(call);
        call.press("1#D");
        assertThat(client.news())
                .extracting(JsonObject::toString)
                .startsWith("{\"type\":\"input_audio_buffer.dtmf_event_received\",\"event\":\"1\","
                        + "\"received_at\":1785214800}")
                .hasSize(3);
        assertThatThrownBy(() -> call.press("1x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected keys of 0-9, *, # and A-D, but got 1x");
    }

    @Test
    void theCallersSpeechIsATurn() {
        IncomingCall call = server.ring("sip:a@example.com");
        post(
                call.callId() + "/accept",
                "{'type':'realtime','audio':{'input':{'format':{'type':'audio/pcmu'}},"
                        + "'output':{'format':{'type':'audio/pcmu'}}}}");
        MemoryClient client = attend(call);
        server.enqueue(ScriptedResponse.speech(pcm(Duration.ofSeconds(1)), "Good morning."));
        call.say(tone());
        call.say(pcm(Duration.ofSeconds(1)));
        assertThat(client.types())
                .contains("input_audio_buffer.committed", "output_audio_buffer.started", "response.done");
        time.advance(Duration.ofSeconds(2));
        assertThat(AudioFormat.PCM16_24KHZ.millisOf(call.heard().size())).isBetween(950L, 1_000L);
    }

    @Test
    void theWebhookTellsWhoCalls() {
        IncomingCall call = server.ring("sip:+14255550100@example.com");
        JsonObject body = JsonObject.parse(call.webhook().body());
        assertThat(body.string("object")).isEqualTo("event");
        assertThat(body.string("id")).startsWith("evt_");
        assertThat(body.string("type")).isEqualTo("realtime.call.incoming");
        assertThat(String.valueOf(body.get("created_at"))).isEqualTo("1785214800");
        JsonObject data = body.object("data");
        assertThat(data).isNotNull();
        assertThat(data.string("call_id")).isEqualTo(call.callId());
        assertThat(data.array("sip_headers"))
                .contains(JsonObject.of("name", "From", "value", "sip:+14255550100@example.com"));
        assertThat(call.webhook().headers())
                .containsEntry("webhook-timestamp", "1785214800")
                .containsKeys("webhook-id", "webhook-signature", "user-agent", "content-type");
    }

    @Test
    void theWebhookIsSignedWithTheServersSecret() throws Exception {
        IncomingCall.Webhook webhook = server.ring("sip:a@example.com").webhook();
        byte[] key = Base64.getDecoder().decode(RealtimeServer.WEBHOOK_SECRET.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = webhook.headers().get("webhook-id") + ".1785214800." + webhook.body();
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        assertThat(webhook.headers()).containsEntry("webhook-signature", "v1," + signature);
    }

    @Test
    void aSecretThatIsNoneIsRefusedWithoutTellingIt() {
        for (String secret : List.of("whsec_", "whsec_***")) {
            assertThatThrownBy(() -> RealtimeServer.builder()
                            .sameThread()
                            .webhookSecret(secret)
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A webhook secret must be whsec_ and the Base64 of a key");
        }
    }
}
