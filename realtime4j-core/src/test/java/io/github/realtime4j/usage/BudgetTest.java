package io.github.realtime4j.usage;

import static io.github.realtime4j.usage.Wire.done;
import static io.github.realtime4j.usage.Wire.in;
import static io.github.realtime4j.usage.Wire.out;
import static io.github.realtime4j.usage.Wire.session;
import static io.github.realtime4j.usage.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.usage.Budget.Kind;
import io.github.realtime4j.usage.Budget.Limit;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    /** One response: 16,000 audio tokens in and 8,000 out for $1.024. */
    private static final SessionUsage USED = used();

    private static SessionUsage used() {
        UsageMeter meter = new UsageMeter(PriceTable.latest(), Clock.systemUTC());
        meter.apply(session(Model.GPT_REALTIME_2_1));
        meter.apply(done("r", usage(in(0, 16_000, 0), out(0, 8_000))));
        return meter.usage();
    }

    private static void assertReached(Budget budget, Duration elapsed, Kind kind, String message) {
        assertThat(budget.reached(USED, elapsed)).contains(new Limit(kind, message));
    }

    @Test
    void withoutLimitsNothingIsReached() {
        assertThat(Budget.UNLIMITED.reached(USED, Duration.ofDays(1))).isEmpty();
    }

    @Test
    void costIsToldInDollarsAsExactAsTheLimit() {
        assertReached(
                Budget.UNLIMITED.maxCost("1.00"), Duration.ZERO, Kind.COST, "cost of $1.02 reached the limit of $1.00");
        assertReached(
                Budget.UNLIMITED.maxCost("1.024"),
                Duration.ZERO,
                Kind.COST,
                "cost of $1.024 reached the limit of $1.024");
        assertReached(
                Budget.UNLIMITED.maxCost("1"), Duration.ZERO, Kind.COST, "cost of $1.02 reached the limit of $1.00");
        assertThat(Budget.UNLIMITED.maxCost("1.0241").reached(USED, Duration.ZERO))
                .isEmpty();
    }

    @Test
    void tokensOfAllKindsCount() {
        assertReached(
                Budget.UNLIMITED.maxTokens(24_000),
                Duration.ZERO,
                Kind.TOKENS,
                "24000 tokens reached the limit of 24000");
        assertThat(Budget.UNLIMITED.maxTokens(24_001).reached(USED, Duration.ZERO))
                .isEmpty();
    }

    @Test
    void durationIsToldAsPeopleTellIt() {
        Budget budget = Budget.UNLIMITED.maxDuration(Duration.ofMinutes(90));

        assertReached(
                budget,
                Duration.ofSeconds(5403),
                Kind.DURATION,
                "duration of 1 h 30 min 3 s reached the limit of 1 h 30 min");
        assertThat(budget.reached(USED, Duration.ofMinutes(89))).isEmpty();
        assertReached(
                Budget.UNLIMITED.maxDuration(Duration.ofMillis(50)),
                Duration.ofMillis(51),
                Kind.DURATION,
                "duration of 51 ms reached the limit of 50 ms");
    }

    @Test
    void responsesAreCounted() {
        assertReached(
                Budget.UNLIMITED.maxResponses(1), Duration.ZERO, Kind.RESPONSES, "1 response reached the limit of 1");
        assertThat(Budget.UNLIMITED.maxResponses(2).reached(USED, Duration.ZERO))
                .isEmpty();
    }

    @Test
    void ofSeveralLimitsTheFirstIsTold() {
        Budget budget = Budget.UNLIMITED
                .maxResponses(1)
                .maxDuration(Duration.ofSeconds(1))
                .maxTokens(1)
                .maxCost("5");

        assertReached(budget, Duration.ofSeconds(2), Kind.TOKENS, "24000 tokens reached the limit of 1");
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> Budget.UNLIMITED.maxCost("0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a limit above zero but was 0");
        assertThatThrownBy(() -> Budget.UNLIMITED.maxTokens(-1)).hasMessage("Expected a limit above zero but was -1");
        assertThatThrownBy(() -> Budget.UNLIMITED.maxDuration(Duration.ZERO))
                .hasMessage("Expected a limit above zero but was PT0S");
        assertThatThrownBy(() -> Budget.UNLIMITED.maxResponses(0)).hasMessage("Expected a limit above zero but was 0");
    }
}
