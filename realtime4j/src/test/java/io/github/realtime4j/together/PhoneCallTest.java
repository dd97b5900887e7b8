package io.github.realtime4j.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.Webhooks;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.InputAudioBufferEvent.DtmfEventReceived;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.server.IncomingCall;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A telephone call from its ringing to its end, as an application answers it. */
final class PhoneCallTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aCallIsAnnouncedAcceptedAttendedToAndHungUp() throws Exception {
        try (RealtimeServer server = RealtimeServer.builder()
                        .synthesizer(new ToneSynthesizer())
                        .pacing(Pacing.NONE)
                        .start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(Endpoint.custom(server.uri()))
                        .apiKey("test")
                        .build()) {
            IncomingCall caller = server.ring("sip:+14255550100@example.com");
            Call.Incoming incoming = (Call.Incoming) Webhooks.of(RealtimeServer.WEBHOOK_SECRET)
                    .unwrap(
                            caller.webhook().headers()::get,
                            caller.webhook().body().getBytes(StandardCharsets.UTF_8));
            assertThat(incoming.data().callId()).isEqualTo(caller.callId());

            SessionConfig config = SessionConfig.builder()
                    .instructions("You are a receptionist.")
                    .build();
            Together.await(client.calls().accept(incoming.data().callId(), config));
            assertThat(caller.acceptedWith().string("instructions")).isEqualTo("You are a receptionist.");
            server.enqueue(ScriptedResponse.text("Hello, who is calling?"));
            CompletableFuture<String> key = new CompletableFuture<>();
            CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
            try (RealtimeSession beside = client.newSideband(
                    incoming.data().callId(), SessionConfig.builder().build(), SessionOptions.DEFAULT)) {
                beside.on(DtmfEventReceived.class, pressed -> key.complete(pressed.event()));
                beside.onEnd(ended::complete);
                beside.connect();
                assertThat(Together.await(beside.respond().done()).text()).isEqualTo("Hello, who is calling?");
                caller.press("5");
                assertThat(Together.await(key)).isEqualTo("5");

                Together.await(client.calls().hangup(incoming.data().callId()));
                caller.awaitEnd(SOON);
                Together.await(ended);
            }
            assertThat(caller.heard().size()).isPositive();
            assertThat(Pcm16.peak(Pcm16.toSamples(caller.heard()))).isPositive();
        }
    }
}
