package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptionsTest {
    private static final int RATE = 24_000;

    private final List<String> shown = new ArrayList<>();
    private final Captions captions = new Captions(new VoiceEvents(
            new StillClock(), List.of(event -> shown.add(((VoiceEvent.Caption) event).text())), Runnable::run));

    private static Speech second(String itemId, String words) {
        Speech speech = new Speech(new PlaybackClock.Part(itemId, 0), "r", AudioFormat.PCM16_24KHZ, RATE);
        speech.add(AudioBytes.copyOf(new byte[2 * RATE]));
        speech.append(words);
        return speech;
    }

    @Test
    void theWordsAfterASpeechThatWasCutBeginAnew() {
        Speech cut = second("a", "one two three four five");
        captions.heard(cut, Duration.ofMillis(900));

        captions.heard(second("b", "six seven eight nine"), Duration.ofMillis(300));

        assertThat(shown).containsExactly("one two three four", "six");
    }

    @Test
    void nobodyUnhearsAWordWhenMoreSoundComes() {
        Speech speech = second("a", "one two three four five");
        captions.heard(speech, Duration.ofMillis(800));
        speech.add(AudioBytes.copyOf(new byte[6 * RATE]));
        captions.heard(speech, Duration.ofMillis(810));

        assertThat(shown).containsExactly("one two three four");
    }
}
