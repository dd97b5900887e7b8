package io.github.realtime4j.usage;

import io.github.realtime4j.protocol.TranscriptionUsage;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.usage.SessionUsage.InputTokens;
import io.github.realtime4j.usage.SessionUsage.OutputTokens;
import io.github.realtime4j.usage.SessionUsage.TranscriptionTotal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Usage of the wire, where all may be absent, as sums that add up. */
final class TokenCounts {
    private TokenCounts() {}

    /**
     * Cached tokens of no told kind are taken for text first, then for images, then for audio: the discount on text is the
     * smallest, so the cost is rather too high than too low.
     */
    static InputTokens input(Usage usage) {
        Usage.InputTokenDetails details = usage.inputTokenDetails();
        if (details == null) {
            return new InputTokens(0, 0, 0, count(usage.inputTokens()), 0, 0, 0);
        }
        long text = count(details.textTokens());
        long audio = count(details.audioTokens());
        long image = count(details.imageTokens());
        long other = Math.max(0, count(usage.inputTokens()) - text - audio - image);
        Usage.CachedTokensDetails cached = details.cachedTokensDetails();
        long cachedText = Math.min(text, cached == null ? 0 : count(cached.textTokens()));
        long cachedAudio = Math.min(audio, cached == null ? 0 : count(cached.audioTokens()));
        long cachedImage = Math.min(image, cached == null ? 0 : count(cached.imageTokens()));
        long untold = Math.max(0, count(details.cachedTokens()) - cachedText - cachedAudio - cachedImage);
        long moreText = Math.min(untold, text - cachedText);
        long moreImage = Math.min(untold - moreText, image - cachedImage);
        long moreAudio = Math.min(untold - moreText - moreImage, audio - cachedAudio);
        return new InputTokens(
                text, audio, image, other, cachedText + moreText, cachedAudio + moreAudio, cachedImage + moreImage);
    }

    /** Reasoning that the text tokens do not include is added to them: it is billed as text. */
    static OutputTokens output(Usage usage) {
        Usage.OutputTokenDetails details = usage.outputTokenDetails();
        if (details == null) {
            return new OutputTokens(0, 0, 0, count(usage.outputTokens()));
        }
        long text = count(details.textTokens());
        long audio = count(details.audioTokens());
        long reasoning = count(details.reasoningTokens());
        long untold = Math.max(0, count(usage.outputTokens()) - text - audio);
        long besideText = Math.min(untold, reasoning);
        return new OutputTokens(text + besideText, audio, reasoning, untold - besideText);
    }

    static TranscriptionTotal transcription(TranscriptionUsage usage) {
        if (usage instanceof TranscriptionUsage.Tokens tokens) {
            TranscriptionUsage.InputTokenDetails details = tokens.inputTokenDetails();
            return new TranscriptionTotal(
                    count(tokens.inputTokens()),
                    details == null ? 0 : count(details.textTokens()),
                    details == null ? 0 : count(details.audioTokens()),
                    count(tokens.outputTokens()),
                    BigDecimal.ZERO);
        } else if (usage instanceof TranscriptionUsage.Duration time) {
            return new TranscriptionTotal(0, 0, 0, 0, BigDecimal.valueOf(Math.max(0, time.seconds())));
        }
        return TranscriptionTotal.NONE;
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
