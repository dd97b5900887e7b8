package io.github.realtime4j.server.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToneSynthesizerTest {
    @Test
    void humsOncePerWordAlwaysTheSame() {
        List<SpeechChunk> chunks = all("Good morning, you.", "alloy", 1);
        assertThat(chunks).extracting(SpeechChunk::text).containsExactly("Good", " morning,", " you.");
        assertThat(chunks).allMatch(chunk -> Pcm16.level(chunk.samples()) > -25);
        assertThat(all("Good morning, you.", "alloy", 1)).isEqualTo(chunks);
        assertThat(all("Good morning, you.", "coral", 1)).isNotEqualTo(chunks);
        assertThat(all("Good morning, you.", "alloy", 0.5).get(0).audio().size())
                .isEqualTo(2 * chunks.get(0).audio().size());
    }

    @Test
    void saysNothingForNothing() {
        assertThat(all("", "alloy", 1)).isEmpty();
        assertThat(all(" ", "alloy", 1))
                .singleElement()
                .extracting(SpeechChunk::text)
                .isEqualTo(" ");
    }

    private static List<SpeechChunk> all(String text, String voice, double speed) {
        List<SpeechChunk> chunks = new ArrayList<>();
        new ToneSynthesizer().speak(new Utterance(text, voice, speed)).forEachRemaining(chunks::add);
        return chunks;
    }
}
