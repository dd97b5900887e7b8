package io.github.realtime4j.usage;

import io.github.realtime4j.protocol.Model;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, as of a day. Prices change and deployments have names of their own, so a table can be replaced and
 * extended:
 *
 * <pre>PriceTable.latest().with(new Model("my-deployment"), prices)</pre>
 *
 * <p>Transcription models are looked up by their names too. Immutable.
 */
public final class PriceTable {
    private static final Pattern DATED = Pattern.compile("(.+?)-\\d{4}(-\\d{2}){0,2}");

    /** The published prices of OpenAI's models in October 2026. */
    private static final PriceTable OPENAI_2026_10 = openAi();

    private final LocalDate asOf;
    private final Map<Model, ModelPrices> prices;

    private PriceTable(LocalDate asOf, Map<Model, ModelPrices> prices) {
        this.asOf = asOf;
        this.prices = Map.copyOf(prices);
    }

    /**
     * OpenAI's list prices, the newest that this version knows: look at {@link #asOf}. Models that OpenAI bills in a way
     * that is not published clearly, such as {@code gpt-4o-transcribe} on a realtime session, are not in it.
     */
    public static PriceTable latest() {
        return OPENAI_2026_10;
    }

    public static PriceTable of(LocalDate asOf, Map<Model, ModelPrices> prices) {
        return new PriceTable(asOf, prices);
    }

    /** This table with one model more, or with another price for it. */
    public PriceTable with(Model model, ModelPrices modelPrices) {
        Map<Model, ModelPrices> changed = new HashMap<>(prices);
        changed.put(model, modelPrices);
        return new PriceTable(asOf, changed);
    }

    /** The day on which these prices were in force. */
    public LocalDate asOf() {
        return asOf;
    }

    /**
     * The price of a model; null if it is not known. A name that ends in a date, such as {@code
     * gpt-realtime-2.1-2026-05-07}, costs what the name without it does, unless it has a price of its own.
     */
    public @Nullable ModelPrices prices(Model model) {
        ModelPrices own = prices.get(model);
        if (own != null) {
            return own;
        }
        Matcher dated = DATED.matcher(model.value());
        return dated.matches() ? prices.get(new Model(dated.group(1))) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceTable that && asOf.equals(that.asOf) && prices.equals(that.prices);
    }

    @Override
    public int hashCode() {
        return prices.hashCode();
    }

    @Override
    public String toString() {
        return "PriceTable[" + prices.size() + " models as of " + asOf + "]";
    }

    private static PriceTable openAi() {
        TokenPrices audio = TokenPrices.of("32", "0.40", "64");
        TokenPrices image = TokenPrices.of("5", "0.50");
        ModelPrices realtime = ModelPrices.ofTokens(TokenPrices.of("4", "0.40", "16"), audio, image);
        ModelPrices reasoning = ModelPrices.ofTokens(TokenPrices.of("4", "0.40", "24"), audio, image);
        ModelPrices mini = ModelPrices.ofTokens(
                TokenPrices.of("0.60", "0.06", "2.40"),
                TokenPrices.of("10", "0.30", "20"),
                TokenPrices.of("0.80", "0.08"));
        return new PriceTable(
                LocalDate.of(2026, Month.OCTOBER, 1),
                Map.of(
                        Model.GPT_REALTIME,
                        realtime,
                        Model.GPT_REALTIME_1_5,
                        realtime,
                        Model.GPT_REALTIME_MINI,
                        mini,
                        Model.GPT_REALTIME_2,
                        reasoning,
                        Model.GPT_REALTIME_2_1,
                        reasoning,
                        Model.GPT_REALTIME_2_1_MINI,
                        mini,
                        Model.GPT_REALTIME_TRANSLATE,
                        ModelPrices.ofMinutes("0.034"),
                        new Model("gpt-realtime-whisper"),
                        ModelPrices.ofMinutes("0.017"),
                        new Model("gpt-live-transcribe"),
                        ModelPrices.ofMinutes("0.017")));
    }
}
