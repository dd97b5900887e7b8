package io.github.realtime4j.server.usage;

import io.github.realtime4j.server.usage.ModelCard.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models that the server knows. Context sizes are those of the published model pages; default voice and silence are
 * those of recorded {@code session.created} events. Of the 32k models the published documentation gives 28,224 tokens
 * for input (not 32,768 - 4,096), so their context counts as 32,320.
 */
public final class Models {
    private static final int SMALL_CONTEXT = 28_224 + 4_096;
    private static final int LARGE_CONTEXT = 128_000;
    private static final Set<String> SIMPLE = Set.of("language", "prompt");
    private static final Set<String> RICH = Set.of("language", "prompt", "languages", "keywords");
    private static final Map<String, ModelCard> CARDS = table();

    private Models() {}

    /** Null for an unknown name. */
    public static @Nullable ModelCard find(String name) {
        return CARDS.get(name);
    }

    /** The card of a realtime model; an unknown one (a deployment, a fine-tuned model) counts as {@code gpt-realtime}. */
    public static ModelCard realtime(String name) {
        ModelCard card = CARDS.get(name);
        return card != null && card.use() == Use.REALTIME ? card : small(name);
    }

    public static boolean isRealtime(String name) {
        return is(name, Use.REALTIME);
    }

    public static boolean isTranscription(String name) {
        return is(name, Use.TRANSCRIPTION);
    }

    public static boolean isTranslation(String name) {
        return is(name, Use.TRANSLATION);
    }

    /** Names of the models for this use, in the order in which the service lists them. */
    public static List<String> names(Use use) {
        return CARDS.values().stream()
                .filter(card -> card.use() == use)
                .map(ModelCard::name)
                .toList();
    }

    private static boolean is(String name, Use use) {
        ModelCard card = CARDS.get(name);
        return card != null && card.use() == use;
    }

    private static Map<String, ModelCard> table() {
        Map<String, ModelCard> cards = new LinkedHashMap<>();
        for (String name : List.of(
                "gpt-realtime",
                "gpt-realtime-2025-08-28",
                "gpt-realtime-1.5",
                "gpt-realtime-mini",
                "gpt-realtime-mini-2025-10-06",
                "gpt-realtime-mini-2025-12-15")) {
            cards.put(name, small(name));
        }
        for (String name : List.of("gpt-realtime-2", "gpt-realtime-2.1", "gpt-realtime-2.1-mini")) {
            cards.put(
                    name,
                    new ModelCard(
                            name, Use.REALTIME, LARGE_CONTEXT, 32_000, true, "marin", 500, false, Set.of(), true));
        }
        transcription(cards, "whisper-1", true, SIMPLE, true);
        transcription(cards, "gpt-transcribe", true, RICH, true);
        transcription(cards, "gpt-live-transcribe", true, RICH, true);
        transcription(cards, "gpt-4o-mini-transcribe", false, SIMPLE, true);
        transcription(cards, "gpt-4o-mini-transcribe-2025-12-15", false, SIMPLE, true);
        transcription(cards, "gpt-4o-transcribe", false, SIMPLE, true);
        transcription(cards, "gpt-4o-transcribe-diarize", false, Set.of("language"), true);
        transcription(cards, "gpt-realtime-whisper", true, Set.of("language", "delay"), false);
        String translate = "gpt-realtime-translate";
        cards.put(
                translate,
                new ModelCard(translate, Use.TRANSLATION, 16_000, 2_000, false, "", 200, true, Set.of(), false));
        return cards;
    }

    private static ModelCard small(String name) {
        return new ModelCard(name, Use.REALTIME, SMALL_CONTEXT, 4_096, false, "alloy", 200, false, Set.of(), true);
    }

    private static void transcription(
            Map<String, ModelCard> cards, String name, boolean byDuration, Set<String> options, boolean turnDetection) {
        cards.put(
                name,
                new ModelCard(
                        name, Use.TRANSCRIPTION, 16_000, 2_000, false, "", 200, byDuration, options, turnDetection));
    }
}
