package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ConversationClockTest {
    private final AtomicLong nanos = new AtomicLong(77);

    @Test
    void countsSamples() {
        ConversationClock clock = ConversationClock.of(1, nanos::get);
        nanos.addAndGet(1_500_000_000L);

        assertThat(clock.now()).isEqualTo(36_000);
        assertThat(ConversationClock.millis(clock.now())).isEqualTo(1_500);
        assertThat(ConversationClock.samplesIn(20)).isEqualTo(480);
    }

    @Test
    void mayRunFaster() {
        ConversationClock clock = ConversationClock.of(10, nanos::get);
        nanos.addAndGet(100_000_000L);

        assertThat(clock.now()).isEqualTo(24_000);
    }

    @Test
    void standsStillWhileStopped() throws InterruptedException {
        ConversationClock clock = ConversationClock.of(1, nanos::get);
        nanos.addAndGet(1_000_000_000L);
        clock.stop();
        nanos.addAndGet(5_000_000_000L);
        clock.stop();
        assertThat(clock.now()).isEqualTo(24_000);

        clock.go();
        nanos.addAndGet(1_000_000_000L);
        clock.go();
        assertThat(clock.now()).isEqualTo(48_000);
        clock.sleepUntil(48_000);
    }
}
