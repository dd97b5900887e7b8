package io.github.realtime4j.usage;

import static io.github.realtime4j.usage.Wire.done;
import static io.github.realtime4j.usage.Wire.in;
import static io.github.realtime4j.usage.Wire.out;
import static io.github.realtime4j.usage.Wire.session;
import static io.github.realtime4j.usage.Wire.transcribed;
import static io.github.realtime4j.usage.Wire.transcribedBy;
import static io.github.realtime4j.usage.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.RateLimitsUpdated;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TranscriptionUsage;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.usage.SessionUsage.Cost;
import io.github.realtime4j.usage.SessionUsage.InputTokens;
import io.github.realtime4j.usage.SessionUsage.OutputTokens;
import io.github.realtime4j.usage.SessionUsage.TranscriptionTotal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UsageMeterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static SessionUsage after(ServerEvent... events) {
        UsageMeter meter = new UsageMeter(PriceTable.latest(), Clock.fixed(NOW, ZoneOffset.UTC));
        for (ServerEvent event : events) {
            meter.apply(event);
        }
        return meter.usage();
    }

    private static void assertCost(SessionUsage usage, String usd) {
        assertThat(usage.cost()).isEqualByComparingTo(usd);
    }

    @Test
    void nothingUsedCostsNothing() {
        SessionUsage usage = after(session(Model.GPT_REALTIME_2_1));

        assertCost(usage, "0");
        assertThat(usage.costs()).isEmpty();
        assertThat(usage.unpriced()).isEmpty();
        assertThat(usage.totalTokens()).isZero();
    }

    @Test
    void eachKindHasItsPriceAndCachedTokensAreNotPaidTwice() {
        Usage.CachedTokensDetails cached = new Usage.CachedTokensDetails(64, 128, 10);
        SessionUsage usage =
                after(session(Model.GPT_REALTIME_2_1), done("r", usage(in(100, 200, 50, cached), out(30, 400))));

        assertThat(usage.input()).isEqualTo(new InputTokens(100, 200, 50, 0, 64, 128, 10));
        assertThat(usage.input().cached()).isEqualTo(202);
        assertThat(usage.output()).isEqualTo(new OutputTokens(30, 400, 0, 0));
        assertThat(usage.totalTokens()).isEqualTo(780);
        assertThat(usage.costs())
                .containsExactly(
                        entry(Cost.TEXT_INPUT, new BigDecimal("0.000144")), // 36 at 4
                        entry(Cost.AUDIO_INPUT, new BigDecimal("0.002304")), // 72 at 32
                        entry(Cost.IMAGE_INPUT, new BigDecimal("0.000200")), // 40 at 5
                        entry(Cost.CACHED_TEXT_INPUT, new BigDecimal("0.00002560")), // 64 at 0.40
                        entry(Cost.CACHED_AUDIO_INPUT, new BigDecimal("0.00005120")), // 128 at 0.40
                        entry(Cost.CACHED_IMAGE_INPUT, new BigDecimal("0.00000500")), // 10 at 0.50
                        entry(Cost.TEXT_OUTPUT, new BigDecimal("0.000720")), // 30 at 24
                        entry(Cost.AUDIO_OUTPUT, new BigDecimal("0.025600"))); // 400 at 64
        assertCost(usage, "0.0290498");
        assertThat(usage.unpriced()).isEmpty();
    }

    @Test
    void cachedTokensOfNoToldKindAreTextThenImagesThenAudio() {
        SessionUsage usage = after(session(Model.GPT_REALTIME), done("r", usage(in(100, 100, 100, 250), out(0, 0))));

        assertThat(usage.input()).isEqualTo(new InputTokens(100, 100, 100, 0, 100, 50, 100));
        assertCost(usage, "0.00171"); // 100 at 0.40, 100 at 0.50, 50 at 0.40, 50 at 32
    }

    @Test
    void moreCachedThanReadIsNotBelieved() {
        Usage.CachedTokensDetails cached = new Usage.CachedTokensDetails(500, 500, null);
        SessionUsage usage = after(session(Model.GPT_REALTIME), done("r", usage(in(10, 0, 0, cached), out(0, 0))));

        assertThat(usage.input()).isEqualTo(new InputTokens(10, 0, 0, 0, 10, 0, 0));
    }

    @Test
    void reasoningIsBilledAsTextAndOnce() {
        Usage apart = new Usage(100, 0, 100, null, new Usage.OutputTokenDetails(20, 0, 80));
        Usage among = new Usage(100, 0, 100, null, new Usage.OutputTokenDetails(100, 0, 80));
        SessionUsage usage = after(session(Model.GPT_REALTIME_2_1), done("r1", apart), done("r2", among));

        assertThat(usage.output()).isEqualTo(new OutputTokens(200, 0, 160, 0));
        assertCost(usage, "0.0048"); // 200 at 24
    }

    @Test
    void tokensOfNoToldKindAreCountedAndNotPriced() {
        SessionUsage usage = after(session(Model.GPT_REALTIME), done("r", new Usage(60, 40, 20, null, null)));

        assertThat(usage.input().other()).isEqualTo(40);
        assertThat(usage.totalTokens()).isEqualTo(60);
        assertCost(usage, "0");
        assertThat(usage.unpriced()).containsExactly("60 tokens of no known kind by gpt-realtime have no price");
    }

    @Test
    void anUnknownModelIsCountedAndSaidToHaveNoPrice() {
        SessionUsage usage = after(
                done("r1", usage(in(10, 0, 0), out(5, 0))),
                session(new Model("my-deployment")),
                done("r2", usage(in(40, 0, 0), out(5, 0))));

        assertThat(usage.totalTokens()).isEqualTo(60);
        assertCost(usage, "0");
        assertThat(usage.unpriced())
                .containsExactly("15 tokens by unknown have no price", "45 tokens by my-deployment have no price");
    }

    @Test
    void aKindWithoutAPriceIsSaidToHaveNone() {
        Model model = new Model("my-deployment");
        PriceTable table = PriceTable.latest().with(model, new ModelPrices(TokenPrices.of("1", "1"), null, null, null));
        UsageMeter meter = new UsageMeter(table, Clock.systemUTC());
        meter.apply(session(model));
        meter.apply(done("r", usage(in(1_000_000, 7, 0), out(3, 0))));

        assertCost(meter.usage(), "1");
        assertThat(meter.usage().unpriced())
                .containsExactly(
                        "3 text output tokens by my-deployment have no price",
                        "7 audio input tokens by my-deployment have no price");
    }

    @Test
    void eachResponseIsBilledAtTheModelOfItsTime() {
        SessionUsage usage = after(
                session(Model.GPT_REALTIME),
                done("r1", usage(in(0, 0, 0), out(1_000_000, 0))),
                session(Model.GPT_REALTIME_2_1_MINI),
                done("r2", usage(in(0, 0, 0), out(1_000_000, 0))));

        assertCost(usage, "18.40");
    }

    @Test
    void responsesAreCountedByHowTheyEndedAndOnce() {
        ServerEvent twice = done("r1", usage(in(1, 0, 0), out(1, 0)));
        SessionUsage usage = after(
                twice,
                twice,
                done("r2", Response.Status.CANCELLED, usage(in(0, 0, 0), out(0, 0))),
                done("r3", Response.Status.COMPLETED, null),
                done("r4", Response.Status.FAILED, new Usage(null, null, null, null, null)),
                done("r5", null, null));

        assertThat(usage.responses())
                .containsExactly(
                        entry(Response.Status.COMPLETED, 2),
                        entry(Response.Status.CANCELLED, 1),
                        entry(Response.Status.FAILED, 1),
                        entry(new Response.Status("unknown"), 1));
        assertThat(usage.responseCount()).isEqualTo(5);
        assertThat(usage.totalTokens()).isEqualTo(2);
    }

    @Test
    void transcriptionsByTimeAreBilledByTheMinute() {
        SessionUsage usage = after(
                transcribedBy(TranscriptionModel.GPT_REALTIME_WHISPER),
                transcribed("s1", new TranscriptionUsage.Duration(3)),
                transcribed("s2", new TranscriptionUsage.Duration(27)),
                transcribed("s2", new TranscriptionUsage.Duration(27)),
                transcribed("s3", null));

        assertThat(usage.transcriptions())
                .containsExactly(entry(
                        TranscriptionModel.GPT_REALTIME_WHISPER,
                        new TranscriptionTotal(0, 0, 0, 0, new BigDecimal("30.0"))));
        assertThat(usage.cost(Cost.TRANSCRIPTION)).isEqualByComparingTo("0.0085");
        assertThat(usage.unpriced()).isEmpty();
    }

    @Test
    void transcriptionsByTokensAreBilledByKind() {
        PriceTable table = PriceTable.latest()
                .with(
                        new Model("gpt-4o-transcribe"),
                        ModelPrices.ofTokens(TokenPrices.of("2", "2", "10"), TokenPrices.of("6", "6"), null));
        UsageMeter meter = new UsageMeter(table, Clock.systemUTC());
        meter.apply(transcribedBy(TranscriptionModel.GPT_4O_TRANSCRIBE));
        meter.apply(transcribed(
                "s1", new TranscriptionUsage.Tokens(31, 26, new TranscriptionUsage.InputTokenDetails(4, 20), 5)));

        SessionUsage usage = meter.usage();
        assertThat(usage.totalTokens()).isEqualTo(31);
        assertThat(usage.cost(Cost.TRANSCRIPTION)).isEqualByComparingTo("0.000178"); // 4 at 2, 20 at 6, 5 at 10
        assertThat(usage.unpriced())
                .containsExactly("2 transcription tokens of no known kind by gpt-4o-transcribe have no price");
    }

    @Test
    void aTranscriptionWithoutAPriceIsSaidToHaveNone() {
        SessionUsage usage = after(
                transcribedBy(TranscriptionModel.WHISPER_1),
                transcribed("s1", new TranscriptionUsage.Duration(3)),
                transcribedBy(TranscriptionModel.GPT_4O_TRANSCRIBE),
                transcribed("s2", new TranscriptionUsage.Tokens(21, 16, null, 5)));

        assertCost(usage, "0");
        assertThat(usage.unpriced())
                .containsExactly(
                        "3 seconds of transcription by whisper-1 have no price",
                        "21 transcription tokens by gpt-4o-transcribe have no price");
    }

    @Test
    void aTranslationIsBilledAsFarAsItHasCome() {
        SessionUsage usage = after(
                session(Model.GPT_REALTIME_TRANSLATE),
                new SessionEvent.InputTranscriptDelta(null, "Bonjour", 20_000),
                new SessionEvent.OutputAudioDelta(null, AudioBytes.EMPTY, 24_000, 1, "pcm16", 60_000),
                new SessionEvent.OutputTranscriptDelta(null, "Good day", 59_000),
                new SessionEvent.OutputTranscriptDelta(null, "!", null),
                session(Model.GPT_REALTIME_TRANSLATE),
                new SessionEvent.OutputTranscriptDelta(null, "Bye", 30_000));

        assertThat(usage.translated()).isEqualTo(Duration.ofSeconds(90));
        assertThat(usage.cost(Cost.TRANSLATION)).isEqualByComparingTo("0.051");
    }

    @Test
    void aRateLimitIsTheLastThatWasTold() {
        SessionUsage usage = after(
                new RateLimitsUpdated(
                        null,
                        List.of(
                                new RateLimitsUpdated.RateLimit("tokens", 40_000L, 39_000L, 1.5),
                                new RateLimitsUpdated.RateLimit("requests", 100L, 99L, null),
                                new RateLimitsUpdated.RateLimit(null, 1L, 1L, 1.0))),
                new RateLimitsUpdated(
                        null, List.of(new RateLimitsUpdated.RateLimit("tokens", 40_000L, 20_000L, 30.25))));

        assertThat(usage.rateLimits())
                .containsExactly(
                        entry("tokens", new RateLimit("tokens", 40_000L, 20_000L, NOW.plusMillis(30_250))),
                        entry("requests", new RateLimit("requests", 100L, 99L, null)));
    }

    @Test
    void anAbsurdResetDoesNoHarm() {
        SessionUsage usage = after(new RateLimitsUpdated(
                null,
                List.of(
                        new RateLimitsUpdated.RateLimit("tokens", 1L, 0L, 1e300),
                        new RateLimitsUpdated.RateLimit("requests", 1L, 0L, -5.0))));

        assertThat(usage.rateLimits().get("tokens").resetsAt()).isAfter(NOW);
        assertThat(usage.rateLimits().get("requests").resetsAt()).isEqualTo(NOW);
    }

    @Test
    void aSnapshotStaysAsItWas() {
        UsageMeter meter = new UsageMeter(PriceTable.latest(), Clock.systemUTC());
        meter.apply(done("r1", usage(in(1, 0, 0), out(1, 0))));
        SessionUsage before = meter.usage();
        meter.apply(done("r2", usage(in(1, 0, 0), out(1, 0))));

        assertThat(before.responseCount()).isEqualTo(1);
        assertThat(meter.usage().responseCount()).isEqualTo(2);
    }
}
