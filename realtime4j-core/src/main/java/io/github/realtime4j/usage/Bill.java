package io.github.realtime4j.usage;

import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.usage.SessionUsage.Cost;
import io.github.realtime4j.usage.SessionUsage.InputTokens;
import io.github.realtime4j.usage.SessionUsage.OutputTokens;
import io.github.realtime4j.usage.SessionUsage.TranscriptionTotal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage times prices, and what could not be multiplied. */
final class Bill {
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);
    private static final int DECIMALS_OF_TIME = 12;

    private final PriceTable table;
    private final Map<Cost, BigDecimal> costs = new EnumMap<>(Cost.class);
    private final List<String> unpriced = new ArrayList<>();

    Bill(PriceTable table) {
        this.table = table;
    }

    Map<Cost, BigDecimal> costs() {
        return costs;
    }

    List<String> unpriced() {
        return unpriced;
    }

    void addResponses(Model model, InputTokens input, OutputTokens output) {
        ModelPrices prices = table.prices(model);
        if (prices == null) {
            addUnpriced(input.total() + output.total(), "tokens", model);
            return;
        }
        TokenPrices text = prices.text();
        add(Cost.TEXT_INPUT, input.text() - input.cachedText(), input(text), model);
        add(Cost.CACHED_TEXT_INPUT, input.cachedText(), cached(text), model);
        add(Cost.TEXT_OUTPUT, output.text(), output(text), model);
        TokenPrices audio = prices.audio();
        add(Cost.AUDIO_INPUT, input.audio() - input.cachedAudio(), input(audio), model);
        add(Cost.CACHED_AUDIO_INPUT, input.cachedAudio(), cached(audio), model);
        add(Cost.AUDIO_OUTPUT, output.audio(), output(audio), model);
        TokenPrices image = prices.image();
        add(Cost.IMAGE_INPUT, input.image() - input.cachedImage(), input(image), model);
        add(Cost.CACHED_IMAGE_INPUT, input.cachedImage(), cached(image), model);
        addUnpriced(input.other() + output.other(), "tokens of no known kind", model);
    }

    void addTranscription(Model model, TranscriptionTotal total) {
        ModelPrices prices = table.prices(model);
        addTime(Cost.TRANSCRIPTION, total.seconds(), model);
        if (prices == null) {
            addUnpriced(total.inputTokens() + total.outputTokens(), "transcription tokens", model);
            return;
        }
        add(Cost.TRANSCRIPTION, total.textTokens(), input(prices.text()), model);
        add(Cost.TRANSCRIPTION, total.audioTokens(), input(prices.audio()), model);
        add(Cost.TRANSCRIPTION, total.outputTokens(), output(prices.text()), model);
        long other = Math.max(0, total.inputTokens() - total.textTokens() - total.audioTokens());
        addUnpriced(other, "transcription tokens of no known kind", model);
    }

    void addTime(Cost kind, BigDecimal seconds, Model model) {
        ModelPrices prices = table.prices(model);
        if (seconds.signum() == 0) {
            return;
        }
        if (prices == null || prices.perMinute() == null) {
            addUnpriced(seconds.stripTrailingZeros().toPlainString() + " seconds of " + name(kind), model);
        } else {
            BigDecimal cost = prices.perMinute()
                    .multiply(seconds)
                    .divide(SECONDS_PER_MINUTE, DECIMALS_OF_TIME, RoundingMode.HALF_UP);
            costs.merge(kind, cost, BigDecimal::add);
        }
    }

    private void add(Cost kind, long tokens, @Nullable BigDecimal perMillion, Model model) {
        if (tokens > 0 && perMillion != null) {
            costs.merge(kind, perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6), BigDecimal::add);
        } else {
            addUnpriced(tokens, name(kind) + " tokens", model);
        }
    }

    private void addUnpriced(long tokens, String what, Model model) {
        if (tokens > 0) {
            addUnpriced(tokens + " " + what, model);
        }
    }

    private void addUnpriced(String what, Model model) {
        unpriced.add(what + " by " + model + " have no price");
    }

    private static String name(Cost kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable BigDecimal input(@Nullable TokenPrices prices) {
        return prices == null ? null : prices.input();
    }

    private static @Nullable BigDecimal cached(@Nullable TokenPrices prices) {
        return prices == null ? null : prices.cached();
    }

    private static @Nullable BigDecimal output(@Nullable TokenPrices prices) {
        return prices == null ? null : prices.output();
    }
}
