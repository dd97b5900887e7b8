package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.voice.PlaybackClock.Part;
import io.github.realtime4j.voice.PlaybackClock.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PlaybackClockTest {
    private static final Part ONE = new Part("item_1", 0);
    private static final Part TWO = new Part("item_2", 0);

    private final PlaybackClock clock = new PlaybackClock(8_000);

    @Test
    void whatIsPlayedBelongsToThePartsInTheOrderOfWriting() {
        clock.wrote(ONE, 800);
        clock.wrote(TWO, 800);

        assertThat(clock.played(300)).containsExactly(new Run(ONE, 300));
        assertThat(clock.current()).isEqualTo(ONE);
        assertThat(clock.played(1_000)).containsExactly(new Run(ONE, 500), new Run(TWO, 200));
        assertThat(clock.current()).isEqualTo(TWO);
        assertThat(clock.heard(ONE)).isEqualTo(Duration.ofMillis(100));
        assertThat(clock.heard(TWO)).isEqualTo(Duration.ofMillis(25));
        assertThat(clock.unheard()).isEqualTo(600);
    }

    @Test
    void aPlayerThatClaimsMoreThanItWasGivenIsNotBelieved() {
        clock.wrote(ONE, 800);

        assertThat(clock.played(5_000)).containsExactly(new Run(ONE, 800));
        assertThat(clock.heard(ONE)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aPlayerThatGoesBackHasPlayedNothingNew() {
        clock.wrote(ONE, 800);
        clock.played(400);

        assertThat(clock.played(200)).isEmpty();
        assertThat(clock.heard(ONE)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void whatWasThrownAwayIsNeverHeard() {
        clock.wrote(ONE, 800);
        clock.played(400);
        clock.flushed(400);
        clock.wrote(TWO, 800);

        assertThat(clock.played(480)).containsExactly(new Run(TWO, 80));
        assertThat(clock.heard(ONE)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aDayOfSamplesIsCountedExactly() {
        PlaybackClock exact = new PlaybackClock(44_100);
        long day = 86_400L * 44_100;
        exact.wrote(ONE, day);
        exact.played(day);

        assertThat(exact.heard(ONE)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void oldPartsAreForgotten() {
        for (int i = 0; i < 100; i++) {
            clock.wrote(new Part("item_" + i, 0), 8);
            clock.played(8L * (i + 1));
        }

        assertThat(clock.heard(new Part("item_60", 0))).isZero();
        assertThat(clock.heard(new Part("item_99", 0))).isEqualTo(Duration.ofMillis(1));
    }
}
