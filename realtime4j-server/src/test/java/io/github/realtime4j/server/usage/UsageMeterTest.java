package io.github.realtime4j.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.Truncation;
import io.github.realtime4j.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UsageMeterTest {
    private static final ModelCard SMALL = Models.realtime("gpt-realtime");
    private static final ModelCard REASONING = Models.realtime("gpt-realtime-2.1");
    private static final Tool WEATHER = new Tool.Function(
            "get_weather",
            "Look up the weather for a city.",
            JsonObject.parse("{\"additionalProperties\":false,\"properties\":{\"city\":{\"type\":\"string\"}},"
                    + "\"required\":[\"city\"],\"type\":\"object\"}"));

    @Test
    void inputOfRecordedTurnsIsCountedAsRecorded() {
        assertThat(measured("Answer in two or three words.", user("1", "Say a short greeting."))
                        .tokens())
                .isEqualTo(new Tokens(16, 0, 0));
        assertThat(measured("Answer in two words.", user("1", "Say hello.")).tokens())
                .isEqualTo(new Tokens(12, 0, 0));
        assertThat(measured("Reply in a few words.", speech("1", 2_796)).tokens())
                .isEqualTo(new Tokens(14, 27, 0));
    }

    @Test
    void aRecordedToolRoundIsCountedCloselyAndCachedAsRecorded() {
        String instructions = "Use the get_weather tool for any weather question, then answer in one short sentence.";
        ContextItem question = user("1", "What is the weather in London?");
        ContextItem call = entry(new Item.FunctionCall(
                "2", null, "get_weather", "call_1", "{  \n  \"city\": \"London\" \n} \n", JsonObject.EMPTY));
        ContextItem output = entry(new Item.FunctionCallOutput(
                "3", null, "call_1", "It is foggy and 12 degrees in London.", JsonObject.EMPTY));
        UsageMeter meter = new UsageMeter(SMALL);

        Usage first = meter.usage(measure(meter, instructions, question), List.of(call), false);
        Usage second = meter.usage(
                measure(meter, instructions, question, call, output),
                List.of(assistant("4", "It is foggy and 12 degrees in London.", 0)),
                false);

        assertThat(first.inputTokens()).isCloseTo(63, within(3));
        assertThat(first.outputTokens()).isCloseTo(22, within(4));
        assertThat(second.inputTokens()).isCloseTo(103, within(5));
        assertThat(second.outputTokens()).isCloseTo(13, within(1));
        assertThat(first.inputTokenDetails().cachedTokens()).isZero();
        assertThat(second.inputTokenDetails().cachedTokens()).isEqualTo(64);
        assertThat(second.totalTokens()).isEqualTo(second.inputTokens() + second.outputTokens());
    }

    @Test
    void outputOfRecordedSpeechIsCountedAsRecorded() {
        assertThat(TokenCounter.output(assistant("1", "Hi there!", 750).item(), 750))
                .isEqualTo(new Tokens(9, 15, 0));
        assertThat(TokenCounter.output(assistant("1", "Hello there!", 0).item(), 0))
                .isEqualTo(new Tokens(5, 0, 0));
        assertThat(TokenCounter.output(
                        assistant("1", "Hello there! Great to meet you!", 4_100).item(), 4_100))
                .isEqualTo(new Tokens(16, 82, 0));
        Tokens longer = TokenCounter.output(
                assistant("1", "Hello, Marcelo! Great to meet you. How can I help you today?", 6_800)
                        .item(),
                6_800);
        assertThat(longer.text()).isCloseTo(28, within(2));
        assertThat(longer.audio()).isEqualTo(136);
    }

    @Test
    void theLatestSpeechIsReadAsAudioAndOlderSpeechAsText() {
        ContextItem old = assistant("2", "This was said before.", 2_000);
        ContextItem latest = assistant("4", "This was said last.", 1_000);
        UsageMeter meter = new UsageMeter(SMALL);

        assertThat(measure(meter, "", user("1", "Hi"), old).tokens().audio()).isEqualTo(40);
        assertThat(measure(meter, "", user("1", "Hi"), old, user("3", "Hi"), latest)
                        .tokens()
                        .audio())
                .isEqualTo(20);
        assertThat(measure(new UsageMeter(REASONING), "", user("1", "Hi"), latest)
                        .tokens()
                        .audio())
                .isZero();
    }

    @Test
    void aTruncatedItemKeepsItsAudioAndLosesItsText() {
        ContextItem whole = assistant("1", "A long and winding answer to a short question.", 4_000);
        ContextItem cut = new ContextItem(whole.item(), 4_000, true);

        assertThat(TokenCounter.input(cut, false)).isEqualTo(new Tokens(2, 80, 0));
        assertThat(TokenCounter.input(whole, false).text()).isGreaterThan(8);
    }

    @Test
    void cachedTokensAreBlocksOfTheCommonPrefixOfEachKind() {
        UsageMeter meter = new UsageMeter(SMALL);
        String instructions = "word ".repeat(100).strip();
        ContextItem first = speech("1", 7_000);

        meter.usage(measure(meter, instructions, first), List.of(), false);
        Usage second = meter.usage(measure(meter, instructions, first, user("2", "more")), List.of(), false);
        Usage third = meter.usage(measure(meter, instructions + " changed", first), List.of(), false);

        assertThat(second.inputTokenDetails().cachedTokensDetails())
                .isEqualTo(new Usage.CachedTokensDetails(64, 64, 0));
        assertThat(second.inputTokenDetails().cachedTokens()).isEqualTo(128);
        assertThat(third.inputTokenDetails().cachedTokens()).isZero();
    }

    @Test
    void truncatingAnEarlyItemBreaksThePrefixAndACancelledResponseHasNoDiscount() {
        UsageMeter meter = new UsageMeter(SMALL);
        ContextItem answer = assistant("2", "An answer.", 10_000);
        ContextItem cut = new ContextItem(answer.item(), 5_000, true);
        ContextItem[] before = {speech("1", 20_000), answer, speech("3", 20_000)};
        meter.usage(measure(meter, "", before), List.of(), false);

        assertThat(meter.usage(measure(meter, "", before), List.of(), true)
                        .inputTokenDetails()
                        .cachedTokens())
                .isZero();
        assertThat(meter.usage(measure(meter, "", before[0], cut, before[2]), List.of(), false)
                        .inputTokenDetails()
                        .cachedTokens())
                .isEqualTo(192);
    }

    @Test
    void autoTruncationDropsTheOldestUntilTheRestFits() {
        List<ContextItem> items = hours(12);
        Context context = new UsageMeter(SMALL).measure("Be kind.", List.of(), items, Truncation.AUTO);

        assertThat(SMALL.inputTokens()).isEqualTo(28_224);
        assertThat(context.tooLong()).isFalse();
        assertThat(context.tokens().total()).isBetween(28_224 - 3_006, 28_224);
        assertThat(context.items()).isEqualTo(items.subList(context.dropped(), items.size()));
        assertThat(new UsageMeter(REASONING)
                        .measure("", List.of(), items, Truncation.AUTO)
                        .dropped())
                .isZero();
    }

    @Test
    void retentionRatioDropsMoreAtOnceAndHasItsOwnLimit() {
        List<ContextItem> items = hours(12);
        Truncation half = new Truncation.RetentionRatio(0.5, null);
        Truncation limited = new Truncation.RetentionRatio(0.8, new Truncation.TokenLimits(10_000));

        assertThat(new UsageMeter(SMALL)
                        .measure("", List.of(), items, half)
                        .tokens()
                        .total())
                .isBetween(14_112 - 3_006, 14_112);
        assertThat(new UsageMeter(SMALL)
                        .measure("", List.of(), items, limited)
                        .tokens()
                        .total())
                .isBetween(8_000 - 3_006, 8_000);
        assertThat(new UsageMeter(SMALL).measure("", List.of(), hours(3), half).dropped())
                .isZero();
    }

    @Test
    void withoutTruncationTooMuchIsTooLong() {
        assertThat(new UsageMeter(SMALL)
                        .measure("", List.of(), hours(12), Truncation.DISABLED)
                        .tooLong())
                .isTrue();
        assertThat(new UsageMeter(SMALL)
                        .measure("", List.of(), hours(3), Truncation.DISABLED)
                        .tooLong())
                .isFalse();
    }

    @Test
    void theOutputOfADroppedCallIsDroppedToo() {
        List<ContextItem> items = new ArrayList<>();
        items.add(entry(new Item.FunctionCall("c", null, "f", "call_1", "{}", JsonObject.EMPTY)));
        items.add(entry(new Item.FunctionCallOutput("o", null, "call_1", "x", JsonObject.EMPTY)));
        items.add(user("u", "hello"));
        Truncation tiny = new Truncation.RetentionRatio(1, new Truncation.TokenLimits(14));

        assertThat(new UsageMeter(SMALL).measure("", List.of(), items, tiny).items())
                .containsExactly(items.get(2));
    }

    private static Context measured(String instructions, ContextItem... items) {
        return new UsageMeter(SMALL).measure(instructions, List.of(), List.of(items), Truncation.AUTO);
    }

    private static Context measure(UsageMeter meter, String instructions, ContextItem... items) {
        boolean weather = instructions.contains("get_weather");
        return meter.measure(instructions, weather ? List.of(WEATHER) : List.of(), List.of(items), Truncation.AUTO);
    }

    /** Turns of 3,000 audio tokens each. */
    private static List<ContextItem> hours(int turns) {
        List<ContextItem> items = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            items.add(speech("item_" + i, 300_000));
        }
        return items;
    }

    private static ContextItem user(String id, String text) {
        return entry(
                Item.message(Item.Role.USER, new ContentPart.InputText(text)).id(id));
    }

    private static ContextItem speech(String id, long millis) {
        ContentPart audio = new ContentPart.InputAudio(AudioBytes.EMPTY, null, JsonObject.EMPTY);
        return new ContextItem(Item.message(Item.Role.USER, audio).id(id), millis, false);
    }

    private static ContextItem assistant(String id, String text, long millis) {
        ContentPart part = millis == 0
                ? new ContentPart.OutputText(text)
                : new ContentPart.OutputAudio(null, text, JsonObject.EMPTY);
        return new ContextItem(Item.message(Item.Role.ASSISTANT, part).id(id), millis, false);
    }

    private static ContextItem entry(Item item) {
        return new ContextItem(item, 0, false);
    }
}
