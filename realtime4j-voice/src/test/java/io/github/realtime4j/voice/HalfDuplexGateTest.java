package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HalfDuplexGateTest {
    private final HalfDuplexGate gate = new HalfDuplexGate(Duration.ofMillis(50));

    @BeforeEach
    void open() {
        gate.open(8_000, 24_000);
    }

    /** How many samples of a piece of 20 ms come through. */
    private int through(long unheard) {
        short[] piece = new short[160];
        Arrays.fill(piece, (short) 1_000);
        gate.microphone(piece, 0, piece.length, unheard);
        int heard = 0;
        for (short sample : piece) {
            heard += sample == 0 ? 0 : 1;
        }
        return heard;
    }

    @Test
    void nothingIsHeardWhileTheSpeakerSpeaksAndUntilItsEchoHasDiedAway() {
        assertThat(through(0)).isEqualTo(160);
        assertThat(through(2_400)).isZero();
        assertThat(through(1)).isZero();
        assertThat(through(0)).isZero();
        assertThat(through(0)).isZero();
        assertThat(through(0)).isEqualTo(80);
        assertThat(through(0)).isEqualTo(160);
    }
}
