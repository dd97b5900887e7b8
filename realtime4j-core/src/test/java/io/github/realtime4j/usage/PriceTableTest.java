package io.github.realtime4j.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.protocol.Model;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriceTableTest {
    private static final ModelPrices CHEAP = ModelPrices.ofMinutes("0.001");

    @ParameterizedTest
    @CsvSource({
        "gpt-realtime,                4,    0.40, 16,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-1.5,            4,    0.40, 16,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-2,              4,    0.40, 24,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-2.1,            4,    0.40, 24,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-mini,           0.60, 0.06, 2.40, 10, 0.30, 20, 0.80, 0.08",
        "gpt-realtime-2.1-mini,       0.60, 0.06, 2.40, 10, 0.30, 20, 0.80, 0.08",
        "gpt-realtime-2025-08-28,     4,    0.40, 16,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-2.1-2026,       4,    0.40, 24,   32, 0.40, 64, 5,    0.50",
        "gpt-realtime-mini-2025-10-06,0.60, 0.06, 2.40, 10, 0.30, 20, 0.80, 0.08"
    })
    void speechModelsCostWhatIsPublished(
            String model,
            String textIn,
            String textCached,
            String textOut,
            String audioIn,
            String audioCached,
            String audioOut,
            String imageIn,
            String imageCached) {
        assertThat(PriceTable.latest().prices(new Model(model)))
                .isEqualTo(ModelPrices.ofTokens(
                        TokenPrices.of(textIn, textCached, textOut),
                        TokenPrices.of(audioIn, audioCached, audioOut),
                        TokenPrices.of(imageIn, imageCached)));
    }

    @ParameterizedTest
    @CsvSource({"gpt-realtime-translate, 0.034", "gpt-realtime-whisper, 0.017", "gpt-live-transcribe, 0.017"})
    void minutesCostWhatIsPublished(String model, String perMinute) {
        assertThat(PriceTable.latest().prices(new Model(model))).isEqualTo(ModelPrices.ofMinutes(perMinute));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-realtime-3", "gpt-realtime-ultra", "realtime", "-2026-01-01", "gpt-realtime-20260101"})
    void otherNamesHaveNoPrice(String model) {
        assertThat(PriceTable.latest().prices(new Model(model))).isNull();
    }

    @Test
    void aTableIsExtendedByMakingAnother() {
        PriceTable table = PriceTable.latest().with(new Model("gpt-realtime-2025-08-28"), CHEAP);

        assertThat(table.prices(new Model("gpt-realtime-2025-08-28"))).isEqualTo(CHEAP);
        assertThat(table.prices(Model.GPT_REALTIME)).isNotEqualTo(CHEAP).isNotNull();
        assertThat(PriceTable.latest().prices(new Model("gpt-realtime-2025-08-28")))
                .isNotEqualTo(CHEAP);
        assertThat(table.asOf()).isEqualTo(LocalDate.of(2026, 10, 1));
        assertThat(table).hasToString("PriceTable[10 models as of 2026-10-01]");
    }

    @Test
    void aTableIsReplacedByOneOfOnesOwn() {
        PriceTable table = PriceTable.of(LocalDate.of(2027, 1, 20), Map.of(Model.GPT_REALTIME_2_1, CHEAP));

        assertThat(table.prices(Model.GPT_REALTIME_2_1)).isEqualTo(CHEAP);
        assertThat(table.prices(Model.GPT_REALTIME)).isNull();
        assertThat(table)
                .isEqualTo(PriceTable.of(LocalDate.of(2027, 1, 20), Map.of(Model.GPT_REALTIME_2_1, CHEAP)))
                .isNotEqualTo(PriceTable.of(LocalDate.of(2027, 1, 21), Map.of(Model.GPT_REALTIME_2_1, CHEAP)));
    }

    @Test
    void aPriceBelowZeroIsRefused() {
        assertThatThrownBy(() -> ModelPrices.ofMinutes("-0.01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a price of zero or more but was -0.01");
        assertThatThrownBy(() -> TokenPrices.of("1", "-1", "1"))
                .hasMessage("Expected a price of zero or more but was -1");
    }
}
