package io.github.realtime4j.server.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PhraseCacheTest {
    private final PhraseCache cache = new PhraseCache(10_000);

    @Test
    void keepsThePhrasesUsedLastWithinItsBytes() {
        for (int i = 0; i < 6; i++) {
            cache.put(phrase(i), chunks(2_000));
            assertThat(cache.get(phrase(0))).isNotNull();
        }
        assertThat(cache.get(phrase(1))).isNull();
        assertThat(cache.get(phrase(5))).isNotNull();
        assertThat(cache.bytes()).isBetween(8_000L, 10_000L);
    }

    @Test
    void neverKeepsWhatWouldEvictEverythingElse() {
        cache.put(phrase(0), chunks(5_000));
        assertThat(cache.get(phrase(0))).isNull();
        assertThat(cache.bytes()).isZero();
    }

    private static Utterance phrase(int number) {
        return new Utterance("phrase " + number, "alloy", 1);
    }

    private static List<SpeechChunk> chunks(int bytes) {
        return List.of(new SpeechChunk("phrase", AudioBytes.wrap(new byte[bytes])));
    }
}
