package io.github.realtime4j.cli.voice;

import static io.github.realtime4j.cli.voice.AssistantSpeech.heardLength;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AssistantSpeechTest {
    @Test
    void theHeardPartEndsWithAWord() {
        String words = "one two three four";

        assertThat(words.substring(0, heardLength(words, 500, 1_000))).isEqualTo("one two");
        assertThat(heardLength(words, 0, 1_000)).isZero();
        assertThat(heardLength(words, 1_000, 1_000)).isEqualTo(words.length());
        assertThat(heardLength(words, 10, 1_000)).isZero();
        assertThat(heardLength("", 10, 1_000)).isZero();
        assertThat(heardLength(words, 0, 0)).isZero();
    }
}
