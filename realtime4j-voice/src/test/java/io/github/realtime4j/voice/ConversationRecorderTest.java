package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversationRecorderTest {
    private static final int RATE = ConversationRecorder.RATE;

    @TempDir
    private Path directory;

    /** One of the two channels. */
    private static short[] side(Path file, int channel) throws IOException {
        try (WavReader reader = WavReader.open(file)) {
            short[] both = reader.read(100 * RATE);
            short[] one = new short[both.length / 2];
            for (int i = 0; i < one.length; i++) {
                one[i] = both[2 * i + channel];
            }
            return one;
        }
    }

    private static int firstSound(short[] samples, int from) {
        int at = from;
        while (at < samples.length && Math.abs(samples[at]) < 50) {
            at++;
        }
        return at;
    }

    private static int firstZero(short[] samples, int from) {
        int at = from;
        while (at < samples.length && samples[at] != 0) {
            at++;
        }
        return at;
    }

    @Test
    void bothSidesAreWhereTheyWereHeard() throws Exception {
        Path file = directory.resolve("both.wav");
        short[] loud = new short[160];
        Arrays.fill(loud, (short) 8_000);
        try (ConversationRecorder recorder = new ConversationRecorder(file, 8_000, 8_000)) {
            for (int i = 0; i < 50; i++) {
                recorder.user(i == 10 ? loud : new short[160], 160, i >= 30 && i < 40);
                if (i >= 30 && i < 40) {
                    recorder.assistant(loud, 0, 160);
                }
            }
        }
        short[] user = side(file, 0);
        short[] assistant = side(file, 1);

        assertThat(user).hasSameSizeAs(assistant).hasSizeBetween(RATE - 200, RATE);
        assertThat(firstSound(user, 0)).isBetween(200 * 24 - 60, 200 * 24 + 60);
        assertThat(firstSound(assistant, 0)).isBetween(590 * 24, 640 * 24);
        assertThat(Arrays.copyOfRange(assistant, 660 * 24, 770 * 24)).doesNotContain((short) 0);
    }

    @Test
    void whatIsKnownLateToHaveBeenHeardIsNoPause() throws Exception {
        Path file = directory.resolve("late.wav");
        short[] loud = new short[160];
        Arrays.fill(loud, (short) 8_000);
        try (ConversationRecorder recorder = new ConversationRecorder(file, 8_000, 8_000)) {
            for (int i = 0; i < 50; i++) {
                recorder.user(new short[160], 160, i >= 10 && i < 40);
                // Of 10 pieces from the 21st on it is told at once, when the network lets it through.
                int told = i < 15 || i > 39 || i > 20 && i < 30 ? 0 : i == 30 ? 10 : 1;
                for (int j = 0; j < told; j++) {
                    recorder.assistant(loud, 0, 160);
                }
            }
        }
        short[] assistant = side(file, 1);

        int begins = firstSound(assistant, 0);
        assertThat(begins).isBetween(295 * 24, 305 * 24);
        assertThat(firstZero(assistant, begins + 60)).isGreaterThan(begins + 490 * 24);
    }

    @Test
    void aWholeConversationIsInTheFile() throws Exception {
        Path file = directory.resolve("conversation.wav");
        SessionConfig config =
                SessionConfig.builder().turnDetection(TurnDetection.serverVad()).build();
        short[] words = User.speech("How is the weather?", RATE);
        short[] reply = User.speech("It is fine in the whole country.", RATE);
        try (Room room = new Room(config)) {
            room.server.enqueue(ScriptedResponse.text("It is fine in the whole country."));
            room.start(room.voice(room.sink(RATE)).record(file));
            room.user.say(words);
            room.pass(9_500);
        }
        short[] user = side(file, 0);
        short[] assistant = side(file, 1);

        assertThat(user).hasSameSizeAs(assistant).hasSizeBetween(10 * RATE - 1_000, 10 * RATE + 1_000);
        assertThat(firstSound(user, 0)).isBetween(RATE / 2 - 480, RATE / 2 + 480);
        int answered = firstSound(assistant, 0);
        assertThat(answered).isGreaterThan(RATE / 2 + words.length);
        assertThat(firstSound(assistant, answered + reply.length)).isEqualTo(assistant.length);
    }

    @Test
    void aRecordingWithoutAMicrophoneDoesNotGrowInMemory() throws Exception {
        ConversationRecorder recorder = new ConversationRecorder(directory.resolve("a.wav"), RATE, RATE);
        recorder.withoutUser(new StillClock());
        for (int i = 0; i < 3_000; i++) {
            recorder.assistant(new short[480], 0, 480);
        }
        assertThat(Files.size(directory.resolve("a.wav"))).isGreaterThan(1_000_000);
        recorder.close();
    }
}
