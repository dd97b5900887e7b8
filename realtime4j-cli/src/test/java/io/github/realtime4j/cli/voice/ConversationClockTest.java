package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ConversationClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong world = new AtomicLong(77);

    @Test
    void standsAtZeroUntilItIsLetGo() {
        ConversationClock clock = ConversationClock.of(1, world::get);
        world.addAndGet(SECOND);
        assertThat(clock.nanos()).isZero();

        clock.go();
        world.addAndGet(SECOND * 3 / 2);
        assertThat(clock.millis()).isEqualTo(1_500);
    }

    @Test
    void mayRunFaster() {
        ConversationClock clock = ConversationClock.of(10, world::get);
        clock.go();
        world.addAndGet(SECOND / 10);

        assertThat(clock.nanos()).isEqualTo(SECOND);
    }

    @Test
    void standsStillWhileStopped() throws InterruptedException {
        ConversationClock clock = ConversationClock.of(1, world::get);
        clock.go();
        world.addAndGet(SECOND);
        clock.stop();
        world.addAndGet(5 * SECOND);
        clock.stop();
        assertThat(clock.nanos()).isEqualTo(SECOND);

        clock.go();
        world.addAndGet(SECOND);
        clock.go();
        assertThat(clock.nanos()).isEqualTo(2 * SECOND);
        clock.sleepUntil(2 * SECOND);
    }

    @Test
    void aFastOneWaitsForThoseWhoSleepTooLong() throws Exception {
        ConversationClock clock = ConversationClock.of(10, world::get);
        CompletableFuture<Long> wokenAt = sleeper(clock, SECOND);

        clock.go();
        world.addAndGet(SECOND);

        assertThat(wokenAt.get(10, TimeUnit.SECONDS)).isEqualTo(SECOND);
    }

    @Test
    void thatOfTheWorldWaitsForNobody() throws Exception {
        ConversationClock clock = ConversationClock.of(1, world::get);
        CompletableFuture<Long> wokenAt = sleeper(clock, SECOND);

        world.addAndGet(SECOND);
        clock.go();
        world.addAndGet(3 * SECOND);
        clock.go();

        assertThat(wokenAt.get(10, TimeUnit.SECONDS)).isEqualTo(3 * SECOND);
    }

    /** When somebody wakes up who sleeps already. */
    private static CompletableFuture<Long> sleeper(ConversationClock clock, long until) {
        CompletableFuture<Long> wokenAt = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                clock.sleepUntil(until);
                wokenAt.complete(clock.nanos());
            } catch (InterruptedException e) {
                wokenAt.completeExceptionally(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return wokenAt;
    }
}
