package io.github.realtime4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SendBudgetTest {
    private final SendBudget budget = new SendBudget(options(100, 50, 20));

    private static TransportOptions options(long max, int high, int low) {
        return new TransportOptions(
                1000, max, high, low, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, null, null, null);
    }

    @Test
    void isUnwritableFromTheHighMarkUntilTheLowMark() {
        budget.reserve(49);
        assertThat(budget.isWritable()).isTrue();
        budget.reserve(1);
        assertThat(budget.isWritable()).isFalse();
        assertThat(budget.release(29)).isFalse();
        assertThat(budget.isWritable()).isFalse();
        assertThat(budget.release(1)).isTrue();
        assertThat(budget.isWritable()).isTrue();
        assertThat(budget.release(20)).isFalse();
        assertThat(budget.queued()).isZero();
    }

    @Test
    void refusesWhatDoesNotFitUnlessEmpty() {
        budget.reserve(1000);
        assertThatThrownBy(() -> budget.reserve(1))
                .isInstanceOf(WriteRefusedException.class)
                .hasMessage("a message of 1 bytes does not fit: 1000 bytes are queued and the bound is 100");
        assertThat(budget.release(1000)).isTrue();
        budget.reserve(60);
        budget.reserve(40);
        assertThat(budget.queued()).isEqualTo(100);
    }

    @Test
    void threadsLeaveNothingBehindAndItIsWritableAgain() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    try {
                        budget.reserve(30);
                    } catch (WriteRefusedException full) {
                        continue;
                    }
                    budget.release(30);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(budget.queued()).isZero();
        assertThat(budget.isWritable()).isTrue();
    }

    @Test
    void marksMustMakeSense() {
        assertThatThrownBy(() -> options(100, 50, 50))
                .hasMessage("lowWaterMark must be at least 0 and below highWaterMark (50), but was 50");
        assertThatThrownBy(() -> options(0, 50, 20))
                .hasMessage("maxMessageBytes, maxQueuedBytes and highWaterMark must be positive");
    }
}
