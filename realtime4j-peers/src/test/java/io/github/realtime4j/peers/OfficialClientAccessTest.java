package io.github.realtime4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.AudioTranscription;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.RealtimeTranscriptionSessionAudio;
import com.openai.models.realtime.RealtimeTranscriptionSessionAudioInput;
import com.openai.models.realtime.RealtimeTranscriptionSessionCreateRequest;
import com.openai.models.realtime.SessionUpdateEvent;
import com.openai.models.realtime.clientsecrets.ClientSecretCreateParams;
import com.openai.models.realtime.clientsecrets.ClientSecretCreateParams.ExpiresAfter;
import com.openai.models.realtime.clientsecrets.ClientSecretCreateResponse;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedTranscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys, client secrets, models and session types as the official Java SDK meets them. */
final class OfficialClientAccessTest {
    private static final RealtimeWebSocketOptions REALTIME =
            RealtimeWebSocketOptions.builder().model("gpt-realtime").build();

    private final ScriptedTranscriber transcriber = new ScriptedTranscriber();
    private final RealtimeServer server = RealtimeServer.builder()
            .keys(OfficialClient.KEY)
            .transcriber(transcriber)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private OpenAIClient rest(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(server.baseUrl().toString())
                .responseValidation(true)
                .maxRetries(0)
                .build();
    }

    @Test
    void aWrongKeyIsToldAndTurnedAway() {
        try (OfficialClient client = OfficialClient.open(server, "sk-wrong", REALTIME)) {
            assertThat(client.next().asError().error().code()).contains("invalid_api_key");
            assertThatThrownBy(client::next).hasStackTraceContaining("3000");
        }
    }

    @Test
    void aModelThatDoesNotExistIsToldAndTurnedAway() {
        RealtimeWebSocketOptions options =
                RealtimeWebSocketOptions.builder().model("gpt-imaginary").build();
        try (OfficialClient client = OfficialClient.open(server, OfficialClient.KEY, options)) {
            assertThat(client.next().asError().error().code()).contains("invalid_model");
            assertThatThrownBy(client::next).hasStackTraceContaining("closed");
        }
    }

    @Test
    void aClientSecretOpensTheSessionItWasMadeFor() {
        OpenAIClient rest = rest(OfficialClient.KEY);
        ClientSecretCreateResponse secret = rest.realtime()
                .clientSecrets()
                .create(ClientSecretCreateParams.builder()
                        .expiresAfter(ExpiresAfter.builder()
                                .anchor(ExpiresAfter.Anchor.CREATED_AT)
                                .seconds(60)
                                .build())
                        .session(RealtimeSessionCreateRequest.builder()
                                .model("gpt-realtime")
                                .instructions("Speak like a pirate.")
                                .build())
                        .build());
        rest.close();
        assertThat(secret.isValid()).isTrue();
        assertThat(secret.value()).startsWith("ek_");
        try (OfficialClient client = OfficialClient.open(server, secret.value(), REALTIME)) {
            assertThat(client.next()
                            .asSessionCreated()
                            .session()
                            .asRealtimeSessionCreateRequest()
                            .instructions())
                    .contains("Speak like a pirate.");
        }
    }

    @Test
    void aClientSecretIsNotMadeForAWrongKey() {
        OpenAIClient rest = rest("sk-wrong");
        ClientSecretCreateParams params = ClientSecretCreateParams.builder().build();
        assertThatThrownBy(() -> rest.realtime().clientSecrets().create(params))
                .isInstanceOf(UnauthorizedException.class)
                .hasMessageContaining("Incorrect API key provided");
        rest.close();
    }

    @Test
    void aTranscriptionSession() {
        transcriber.enqueue("Hello, my name is Marcelo.");
        RealtimeWebSocketOptions options =
                RealtimeWebSocketOptions.builder().transcription().build();
        try (OfficialClient client = OfficialClient.connect(server, OfficialClient.KEY, options)) {
            client.send(RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                    .session(RealtimeTranscriptionSessionCreateRequest.builder()
                            .audio(RealtimeTranscriptionSessionAudio.builder()
                                    .input(RealtimeTranscriptionSessionAudioInput.builder()
                                            .transcription(AudioTranscription.builder()
                                                    .model("gpt-4o-transcribe")
                                                    .build())
                                            .build())
                                    .build())
                            .addInclude(
                                    RealtimeTranscriptionSessionCreateRequest.Include
                                            .ITEM_INPUT_AUDIO_TRANSCRIPTION_LOGPROBS)
                            .build())
                    .build()));
            assertThat(client.await(RealtimeServerEvent::isSessionUpdated)
                            .asSessionUpdated()
                            .session()
                            .isRealtimeTranscriptionSessionCreateRequest())
                    .isTrue();
            client.append(Voice.speech("Hello, my name is Marcelo."));
            client.append(Voice.silence(700));
            assertThat(client.await(RealtimeServerEvent::isConversationItemInputAudioTranscriptionCompleted)
                            .asConversationItemInputAudioTranscriptionCompleted()
                            .transcript())
                    .isEqualTo("Hello, my name is Marcelo.");
            assertThat(client.types()).contains("conversation.item.input_audio_transcription.delta");
        }
    }
}
