package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.WavReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound that runs for long, and must not run away. */
final class DriftTest {
    private static final int USER = 16_000;
    private static final int ASSISTANT = 44_100;
    private static final int SECONDS = 20;

    @TempDir
    private Path directory;

    @Test
    void tenMinutesOfTheMicrophoneAreTenMinutesOnTheWire() throws Exception {
        long[] bytes = new long[1];
        InputPump.Model wire = new InputPump.Model() {
            @Override
            public void append(AudioBytes audio) {
                bytes[0] += audio.size();
            }

            @Override
            public void turnEnded(boolean longEnough) {}

            @Override
            public void heard(short[] samples) {}

            @Override
            public long unheard() {
                return 0;
            }
        };
        StillClock clock = new StillClock();
        VoiceEvents nobody = new VoiceEvents(clock, List.of(), Runnable::run);
        InputPump pump =
                new InputPump(new User(8_000), EchoCanceller.NONE, () -> AudioFormat.PCMU, clock, nobody, wire);
        long millis = Duration.ofMinutes(10).toMillis();
        for (long passed = 0; passed < millis; passed += 20) {
            pump.step();
        }

        assertThat(bytes[0]).isEqualTo(millis * 8);
    }

    @Test
    void bothSidesOfARecordingKeepTheTimeOfTheMicrophone() throws Exception {
        Path file = directory.resolve("both.wav");
        ConversationRecorder recorder = new ConversationRecorder(file, USER, ASSISTANT);
        for (int piece = 0; piece < SECONDS * 50; piece++) {
            recorder.user(clicking(piece, USER), USER / 50, true);
            recorder.assistant(clicking(piece, ASSISTANT), 0, ASSISTANT / 50);
        }
        recorder.close();
        short[] both;
        try (WavReader reader = WavReader.open(file)) {
            both = reader.read(SECONDS * ConversationRecorder.RATE + 1);
        }

        // The last samples stay in the filter.
        assertThat(SECONDS * ConversationRecorder.RATE - both.length / 2).isBetween(0, 60);
        for (int side = 0; side < 2; side++) {
            List<Integer> clicks = clicks(both, side);
            assertThat(clicks).as("side %d", side).hasSize(SECONDS);
            for (int second = 0; second < SECONDS; second++) {
                assertThat(clicks.get(second) - second * ConversationRecorder.RATE)
                        .as("side %d, second %d", side, second)
                        .isBetween(-1, 1);
            }
        }
    }

    /** 20 ms; the first of each second begins with a click. */
    private static short[] clicking(int piece, int rate) {
        short[] samples = new short[rate / 50];
        samples[0] = piece % 50 == 0 ? Short.MAX_VALUE : 0;
        return samples;
    }

    /** Where the loudest samples of the clicks are, in frames. */
    private static List<Integer> clicks(short[] both, int side) {
        List<Integer> clicks = new ArrayList<>();
        for (int frame = 0; frame < both.length / 2; frame++) {
            int loudest = clicks.isEmpty() ? -1_000 : clicks.get(clicks.size() - 1);
            int sample = Math.abs(both[2 * frame + side]);
            if (sample > 8_000) {
                if (frame - loudest > 100) {
                    clicks.add(frame);
                } else if (sample > Math.abs(both[2 * loudest + side])) {
                    clicks.set(clicks.size() - 1, frame);
                }
            }
        }
        return clicks;
    }
}
