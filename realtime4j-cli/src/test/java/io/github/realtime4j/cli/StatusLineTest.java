package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatusLineTest {
    @Test
    void theMeterIsEmptyInSilenceAndFullAtFullScale() {
        assertThat(StatusLine.meter(Double.NEGATIVE_INFINITY)).isEqualTo("▯▯▯▯▯▯▯▯");
        assertThat(StatusLine.meter(-60)).isEqualTo("▯▯▯▯▯▯▯▯");
        assertThat(StatusLine.meter(-50)).isEqualTo("▮▯▯▯▯▯▯▯");
        assertThat(StatusLine.meter(-28)).isEqualTo("▮▮▮▮▯▯▯▯");
        assertThat(StatusLine.meter(0)).isEqualTo("▮▮▮▮▮▮▮▮");
    }

    @Test
    void showsWhoSpeaksHowLoudAndTheWords() {
        assertThat(StatusLine.line("user speaks", 12_345, StatusLine.meter(-28), "Is anybody", 80))
                .isEqualTo("● user speaks       12.3 s  ▮▮▮▮▯▯▯▯  Is anybody");
    }

    @Test
    void theLastWordsStayInSight() {
        String words = "one two three four five six seven eight nine ten eleven twelve";

        String line = StatusLine.line("assistant speaks", 1_000, StatusLine.meter(0), words, 80);

        assertThat(line).hasSizeLessThan(80).contains("  …").endsWith(" ten eleven twelve");
        assertThat(StatusLine.line("assistant speaks", 1_000, StatusLine.meter(0), words, 45))
                .isEqualTo("● assistant speaks   1.0 s  ▮▮▮▮▮▮▮▮");
    }
}
