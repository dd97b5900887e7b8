package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Speech that comes late, and in pieces that end in the middle of a sample. */
final class UnsteadyNetworkTest {
    private static final int RATE = 24_000;

    @Test
    void whatComesInPiecesOfAnySizeIsHeardSampleForSample() {
        Random random = new Random(5);
        short[] reply = new short[RATE];
        for (int i = 0; i < reply.length; i++) {
            reply[i] = (short) random.nextInt();
        }
        SessionConfig config =
                SessionConfig.builder().turnDetection(TurnDetection.OFF).build();
        try (Room room = new Room(
                config,
                RATE,
                (time, transport) -> new UnsteadyNetwork(transport, time, random),
                true,
                RealtimeServer.builder())) {
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            // So much that no lateness is heard.
            room.start(room.voice(room.sink(RATE)).prebuffer(Duration.ofSeconds(1)));
            room.session.respond();
            room.pass(3_000);

            assertThat(room.heard()).containsSequence(reply);
        }
    }
}
