package io.github.realtime4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.ConversationItemTruncateEvent;
import com.openai.models.realtime.ConversationItemTruncatedEvent;
import com.openai.models.realtime.RealtimeAudioConfig;
import com.openai.models.realtime.RealtimeAudioConfigInput;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemFunctionCall;
import com.openai.models.realtime.RealtimeConversationItemFunctionCallOutput;
import com.openai.models.realtime.RealtimeFunctionTool;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeResponseStatus;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.RealtimeSessionCreateRequest.OutputModality;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole turns as the official Java SDK holds them with our server. */
final class OfficialClientTurnsTest {
    private final RealtimeServer server = RealtimeServer.start();
    private final OfficialClient client = OfficialClient.connect(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aTextTurn() {
        server.enqueue(ScriptedResponse.text("It rains in Porto."));
        client.update(RealtimeSessionCreateRequest.builder()
                .addOutputModality(OutputModality.TEXT)
                .instructions("Be brief.")
                .build());
        client.take();
        client.say("How is the weather?");
        client.createResponse();
        RealtimeResponse response = client.awaitResponse();
        client.await(RealtimeServerEvent::isRateLimitsUpdated);
        List<RealtimeServerEvent> events = client.take();
        assertThat(events.stream()
                        .flatMap(event -> event.responseOutputTextDelta().stream())
                        .map(delta -> delta.delta())
                        .collect(Collectors.joining()))
                .isEqualTo("It rains in Porto.");
        assertThat(response.status()).contains(RealtimeResponse.Status.COMPLETED);
        assertThat(response.output()
                        .orElseThrow()
                        .get(0)
                        .asRealtimeConversationItemAssistantMessage()
                        .content()
                        .get(0)
                        .text())
                .contains("It rains in Porto.");
        assertThat(response.usage().orElseThrow().totalTokens().orElseThrow()).isPositive();
    }

    @Test
    void anAudioTurn() {
        server.enqueue(ScriptedResponse.text("Good morning, it is a sunny day in Porto."));
        client.say("Say good morning.");
        client.createResponse();
        RealtimeResponse response = client.awaitResponse();
        List<RealtimeServerEvent> events = client.take();
        byte[] sound = OfficialClient.audio(events);
        assertThat(sound.length / 48).as("milliseconds").isBetween(1_500, 8_000);
        assertThat(sound.length % 2).isZero();
        assertThat(events.stream()
                        .flatMap(event -> event.responseOutputAudioTranscriptDelta().stream())
                        .map(delta -> delta.delta())
                        .collect(Collectors.joining()))
                .isEqualTo("Good morning, it is a sunny day in Porto.");
        assertThat(response.usage()
                        .orElseThrow()
                        .outputTokenDetails()
                        .orElseThrow()
                        .audioTokens()
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void aToolRound() {
        server.enqueue(
                ScriptedResponse.functionCall("get_weather", "{\"city\":\"Porto\"}"),
                ScriptedResponse.text("Take an umbrella."));
        RealtimeServerEvent updated = client.update(RealtimeSessionCreateRequest.builder()
                .addOutputModality(OutputModality.TEXT)
                .addTool(RealtimeFunctionTool.builder()
                        .type(RealtimeFunctionTool.Type.FUNCTION)
                        .name("get_weather")
                        .description("The weather in a city")
                        .parameters(JsonValue.from(Map.of(
                                "type", "object",
                                "properties", Map.of("city", Map.of("type", "string")),
                                "required", List.of("city"))))
                        .build())
                .build());
        assertThat(updated.asSessionUpdated()
                        .session()
                        .asRealtimeSessionCreateRequest()
                        .tools()
                        .orElseThrow())
                .hasSize(1);
        client.say("Umbrella?");
        client.createResponse();
        RealtimeConversationItemFunctionCall call = client.await(RealtimeServerEvent::isResponseOutputItemDone)
                .asResponseOutputItemDone()
                .item()
                .asFunctionCall();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Porto\"}");
        client.awaitResponse();
        client.send(RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                .item(RealtimeConversationItemFunctionCallOutput.builder()
                        .callId(call.callId().orElseThrow())
                        .output("{\"sky\":\"rain\"}")
                        .build())
                .build()));
        client.createResponse();
        assertThat(client.await(RealtimeServerEvent::isResponseOutputTextDone)
                        .asResponseOutputTextDone()
                        .text())
                .isEqualTo("Take an umbrella.");
        client.awaitResponse();
    }

    @Test
    void aSpokenTurnAndAnInterruption() {
        server.enqueue(
                ScriptedResponse.text("Once upon a time there was a fox. ".repeat(20)),
                ScriptedResponse.text("All right."));
        client.append(Voice.speech("Tell me a long story please."));
        client.append(Voice.silence(700));
        client.await(RealtimeServerEvent::isInputAudioBufferSpeechStarted);
        client.await(RealtimeServerEvent::isInputAudioBufferSpeechStopped);
        client.await(RealtimeServerEvent::isInputAudioBufferCommitted);
        String itemId = client.await(RealtimeServerEvent::isResponseOutputAudioDelta)
                .asResponseOutputAudioDelta()
                .itemId();
        client.append(Voice.speech("Stop that now please."));
        client.await(RealtimeServerEvent::isInputAudioBufferSpeechStarted);
        RealtimeResponse cut = client.awaitResponse();
        assertThat(cut.status()).contains(RealtimeResponse.Status.CANCELLED);
        assertThat(cut.statusDetails().orElseThrow().reason()).contains(RealtimeResponseStatus.Reason.TURN_DETECTED);
        client.send(RealtimeClientEvent.ofConversationItemTruncate(ConversationItemTruncateEvent.builder()
                .itemId(itemId)
                .contentIndex(0)
                .audioEndMs(40)
                .build()));
        ConversationItemTruncatedEvent truncated =
                client.await(RealtimeServerEvent::isConversationItemTruncated).asConversationItemTruncated();
        assertThat(truncated.itemId()).isEqualTo(itemId);
        assertThat(truncated.audioEndMs()).isEqualTo(40);
        client.append(Voice.silence(700));
        assertThat(client.awaitResponse().status()).contains(RealtimeResponse.Status.COMPLETED);
    }

    @Test
    void pushToTalk() {
        server.enqueue(ScriptedResponse.text("Heard."));
        client.update(RealtimeSessionCreateRequest.builder()
                .audio(RealtimeAudioConfig.builder()
                        .input(RealtimeAudioConfigInput.builder()
                                .turnDetection(Optional.empty())
                                .build())
                        .build())
                .build());
        client.append(Voice.speech("Can you hear me?"));
        client.commit();
        String itemId = client.await(RealtimeServerEvent::isInputAudioBufferCommitted)
                .asInputAudioBufferCommitted()
                .itemId();
        assertThat(client.await(RealtimeServerEvent::isConversationItemDone)
                        .asConversationItemDone()
                        .item()
                        .asRealtimeConversationItemUserMessage()
                        .id())
                .contains(itemId);
        assertThat(client.types()).doesNotContain("input_audio_buffer.speech_started", "response.created");
        client.createResponse();
        assertThat(client.awaitResponse().status()).contains(RealtimeResponse.Status.COMPLETED);
    }
}
