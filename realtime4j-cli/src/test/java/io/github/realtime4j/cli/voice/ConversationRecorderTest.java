package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Wav;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversationRecorderTest {
    @Test
    void theUserIsLeftAndTheAssistantIsRight(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("both.wav");
        try (ConversationRecorder recorder = new ConversationRecorder(file)) {
            recorder.user(new short[] {1, 2, 3});
            recorder.assistant(new short[] {-1});
            recorder.assistant(new short[] {-2, -3, -4, -5});
            recorder.user(new short[] {4});
        }

        Wav sound = Wav.read(file);
        assertThat(sound.sampleRate()).isEqualTo(24_000);
        assertThat(sound.channel(0)).containsExactly(1, 2, 3, 4, 0);
        assertThat(sound.channel(1)).containsExactly(-1, -2, -3, -4, -5);
    }
}
