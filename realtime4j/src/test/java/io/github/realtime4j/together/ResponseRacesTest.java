package io.github.realtime4j.together;

import static io.github.realtime4j.together.Together.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Outcome;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Responses that the application asks for, against those that the server's turn detection starts. */
final class ResponseRacesTest {
    private static final int RACES = 1_000;
    private static final int SESSIONS = 20;
    private static final int BYTES_PER_MILLI = 48;

    @Test
    void aThousandRacesWithTurnsOfTheUserBringNoRefusal() throws Exception {
        Random random = new Random(1);
        int refusals = 0;
        for (int session = 0; session < SESSIONS; session++) {
            refusals += race(random);
        }
        assertThat(refusals).as("refusals that the server sent and nobody saw").isPositive();
    }

    /** @return how often the server refused a response */
    private static int race(Random random) throws Exception {
        try (Together together = new Together(
                RealtimeServer.builder()
                        .inMemory()
                        .pacing(Pacing.NONE)
                        .responder(request -> ScriptedResponse.nothing()),
                Together.ENDPOINT)) {
            RealtimeSession session = together.client()
                    .newSession(SessionConfig.builder()
                            .outputModalities(Modality.TEXT)
                            .turnDetection(TurnDetection.serverVad()
                                    .interruptResponse(false)
                                    .silenceDurationMs(200))
                            .build());
            Queue<ErrorEvent> errors = new ConcurrentLinkedQueue<>();
            session.on(ErrorEvent.class, errors::add);
            session.connect();
            AudioBytes turn = turn();
            List<ResponseHandle> handles = new ArrayList<>();
            for (int i = 0; i < RACES / SESSIONS; i++) {
                boolean first = random.nextBoolean();
                if (first) {
                    handles.add(session.respond());
                }
                session.input().append(turn);
                if (!first) {
                    handles.add(session.respond());
                }
                if (random.nextInt(4) == 0) {
                    await(handles.get(random.nextInt(handles.size())).done());
                }
            }

            for (ResponseHandle handle : handles) {
                assertThat(await(handle.done())).isInstanceOf(Outcome.Completed.class);
            }
            await(session.closeAsync());
            assertThat(errors).isEmpty();
            List<String> received = together.recorded().receivedTypes();
            assertThat(received).contains("input_audio_buffer.committed");
            return Collections.frequency(received, "error");
        }
    }

    /** Something that the server takes for speech, and the silence after it. */
    private static AudioBytes turn() {
        byte[] audio = new byte[420 * BYTES_PER_MILLI];
        for (int sample = 0; sample < 160 * BYTES_PER_MILLI / 2; sample++) {
            double seconds = sample / 24_000.0;
            double voice = Math.sin(2 * Math.PI * 180 * seconds)
                    + 0.6 * Math.sin(2 * Math.PI * 360 * seconds)
                    + 0.4 * Math.sin(2 * Math.PI * 1_080 * seconds);
            short value = (short) (6_000 * voice * (0.6 + 0.4 * Math.sin(2 * Math.PI * 5 * seconds)));
            audio[2 * sample] = (byte) value;
            audio[2 * sample + 1] = (byte) (value >> 8);
        }
        return AudioBytes.wrap(audio);
    }
}
