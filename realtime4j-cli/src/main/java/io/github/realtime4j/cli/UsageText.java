package io.github.realtime4j.cli;

import io.github.realtime4j.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response cost, in one line. */
final class UsageText {
    private UsageText() {}

    static void show(Terminal terminal, @Nullable Usage usage) {
        if (usage != null) {
            terminal.detail("usage: " + of(usage));
        }
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
