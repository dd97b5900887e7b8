package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An hour of talking, in which nothing may drift or grow. */
final class HourTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int RATE = 8_000;
    private static final int SPEAKER = 24_000;

    @Test
    void afterAnHourNothingHasDriftedOrGrown() throws Exception {
        SessionConfig config = SessionConfig.builder()
                .inputFormat(AudioFormat.PCMU)
                .outputFormat(AudioFormat.PCM16_24KHZ)
                .turnDetection(TurnDetection.OFF)
                .build();
        try (Room room = new Room(
                config,
                RATE,
                (time, transport) -> transport,
                false,
                RealtimeServer.builder().recording(0, 1))) {
            Counts counts = new Counts();
            Voice voice = room.start(room.voice(room.sink(SPEAKER))
                    .on(VoiceEvent.AssistantFinished.class, event -> counts.finished++)
                    .on(VoiceEvent.Interrupted.class, event -> counts.interrupted++));
            long readBefore = room.user.read();
            long heardBefore = room.heardSamples();
            long turns = HOUR.toSeconds() / 20;
            long retained = 0;
            for (int i = 0; i < turns; i++) {
                talk(room, voice, i);
                // What remembers the last few of something is full by now.
                retained = i == turns / 2 - 1 ? Reachable.from(voice) : retained;
            }

            assertThat(room.user.read() - readBefore).isEqualTo(HOUR.toSeconds() * RATE);
            assertThat(room.heardSamples() - heardBefore).isEqualTo(HOUR.toSeconds() * SPEAKER);
            assertThat(counts.interrupted).isEqualTo((int) turns / 3);
            assertThat(counts.finished + counts.interrupted).isEqualTo((int) turns);
            assertThat(voice.conversation().retained()).isZero();
            // The last few of something may differ; one more for each turn or interruption would be 30 at least.
            assertThat(Reachable.from(voice)).isBetween(retained - 10, retained + 10);
        }
    }

    private static final class Counts {
        private int finished;
        private int interrupted;
    }

    /** Twenty seconds; every third answer is cut short by the next question. */
    private static void talk(Room room, Voice voice, int turn) {
        byte[] reply = new byte[48_000 * (turn % 3 == 1 ? 20 : 4)];
        room.server.enqueue(ScriptedResponse.speech(AudioBytes.wrap(reply), "Well then."));
        voice.press();
        room.pass(1_000);
        voice.release();
        room.pass(19_000);
    }
}
