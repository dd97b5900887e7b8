package io.github.realtime4j.cli;

import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.usage.SessionUsage;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response cost, in one line. */
final class UsageText {
    private UsageText() {}

    /** @param priced the same with its price; null where list prices mean nothing */
    static void show(Terminal terminal, @Nullable Usage usage, @Nullable SessionUsage priced) {
        if (usage != null) {
            terminal.detail("usage: " + of(usage) + (priced == null ? "" : cost(priced)));
        }
    }

    /** At list prices, in hundredths of a cent, with a comma before it; empty if nothing that was used has a price. */
    static String cost(SessionUsage usage) {
        if (usage.cost().signum() == 0) {
            return "";
        }
        String cost = "$" + usage.cost().setScale(4, RoundingMode.HALF_UP).toPlainString();
        return usage.unpriced().isEmpty() ? ", " + cost : ", more than " + cost;
    }

    static String of(Usage usage) {
        List<String> in = new ArrayList<>();
        Usage.InputTokenDetails input = usage.inputTokenDetails();
        if (input != null) {
            add(in, input.textTokens(), "text");
            add(in, input.audioTokens(), "audio");
            add(in, input.imageTokens(), "image");
            add(in, input.cachedTokens(), "of them cached");
        }
        List<String> out = new ArrayList<>();
        Usage.OutputTokenDetails output = usage.outputTokenDetails();
        if (output != null) {
            add(out, output.textTokens(), "text");
            add(out, output.audioTokens(), "audio");
        }
        return count(usage.inputTokens()) + " tokens in" + listed(in) + ", " + count(usage.outputTokens()) + " out"
                + listed(out);
    }

    /** What one model has written down, by tokens or by the clock. */
    static String of(SessionUsage.TranscriptionTotal total) {
        if (total.inputTokens() == 0 && total.seconds().signum() > 0) {
            return total.seconds().stripTrailingZeros().toPlainString() + " s of audio";
        }
        List<String> in = new ArrayList<>();
        add(in, Math.toIntExact(total.textTokens()), "text");
        add(in, Math.toIntExact(total.audioTokens()), "audio");
        return total.inputTokens() + " tokens in" + listed(in) + ", " + total.outputTokens() + " out";
    }

    private static int count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static void add(List<String> parts, @Nullable Integer tokens, String kind) {
        if (tokens != null && tokens > 0) {
            parts.add(tokens + " " + kind);
        }
    }

    private static String listed(List<String> parts) {
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }
}
