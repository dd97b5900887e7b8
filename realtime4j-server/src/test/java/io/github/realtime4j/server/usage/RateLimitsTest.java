package io.github.realtime4j.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.RateLimitsUpdated.RateLimit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
    private Instant now = Instant.EPOCH;
    private final RateLimits limits = new RateLimits(60_000, () -> now);

    @Test
    void whatIsTakenComesBackEvenlyOverAMinute() {
        limits.take(6_000);
        assertThat(limits.entries()).containsExactly(new RateLimit("tokens", 60_000L, 54_000L, 6.0));

        now = now.plusSeconds(2);
        assertThat(limits.entries()).containsExactly(new RateLimit("tokens", 60_000L, 56_000L, 4.0));

        now = now.plusSeconds(60);
        assertThat(limits.entries()).containsExactly(new RateLimit("tokens", 60_000L, 60_000L, 0.0));
    }

    @Test
    void tellsWhenThereIsEnoughAgain() {
        limits.take(59_000);

        assertThat(limits.allows(1_000)).isTrue();
        assertThat(limits.allows(1_001)).isFalse();
        assertThat(limits.secondsUntil(3_000)).isEqualTo(2.0);
        assertThat(limits.used()).isEqualTo(59_000);

        now = now.plusSeconds(2);
        assertThat(limits.allows(3_000)).isTrue();
    }

    @Test
    void aSmallUseResetsWithinAMillisecond() {
        RateLimits large = new RateLimits(15_000_000, () -> now);
        large.take(205);

        assertThat(large.entries()).containsExactly(new RateLimit("tokens", 15_000_000L, 14_999_795L, 0.001));
    }
}
