package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.tool.FunctionTool;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turn detection is switched off while somebody speaks: nobody tells any more that this one has stopped. */
final class TurnDetectionOffTest {
    private final SessionRig rig = new SessionRig();
    private final ScriptedServer server = rig.server;

    record Question(String city) {}

    @AfterEach
    void tearDown() {
        rig.close();
    }

    private void respond(String responseId, String output) {
        String metadata = "\"metadata\":{\"realtime4j_event_id\":\"" + server.eventId("response.create") + "\"}";
        String response = "\"response\":{\"id\":\"" + responseId + "\"," + metadata;
        server.say("{\"type\":\"response.created\"," + response + ",\"status\":\"in_progress\"}}");
        server.say(
                "{\"type\":\"response.done\"," + response + ",\"status\":\"completed\",\"output\":[" + output + "]}}");
    }

    @Test
    void theModelGoesOnAfterItsFunctionCalls() {
        RealtimeSession session = rig.session();
        session.onCall(FunctionTool.of("get_weather", "The weather", Question.class), question -> "rain");
        session.connect();
        CompletableFuture<Response> answer = session.runTurn();
        server.say("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":0,\"item_id\":\"item_1\"}");
        respond(
                "resp_1",
                "{\"id\":\"item_2\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\","
                        + "\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Porto\\\"}\"}");
        assertThat(server.types()).endsWith("conversation.item.create");
        server.say("{\"type\":\"session.updated\",\"session\":{\"id\":\"sess_1\",\"model\":\"m\","
                + "\"audio\":{\"input\":{\"turn_detection\":null}}}}");

        assertThat(Collections.frequency(server.types(), "response.create")).isEqualTo(2);
        respond("resp_2", "");
        assertThat(answer).isCompleted();
    }
}
