package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
    @Test
    void timesAreReadAsOneTypesThem() {
        assertThat(Durations.parse("30")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse("2.5")).isEqualTo(Duration.ofMillis(2_500));
        assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "soon", "1d", "1e3", "99999999"})
    void whatIsNoTimeIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("'" + text + "'");
    }
}
