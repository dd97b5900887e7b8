package io.github.realtime4j.server.usage;

import io.github.realtime4j.protocol.Truncation;

/**
 * How many tokens the items of a conversation may have, instructions and tools aside.
 *
 * @param most at which something has to happen
 * @param target to shorten to; {@code Integer.MAX_VALUE} if nothing may be left out
 */
record ContextLimit(int most, int target) {

    static ContextLimit of(ModelCard model, Truncation truncation, int promptTokens) {
        int most = model.inputTokens() - promptTokens;
        if (Truncation.DISABLED.equals(truncation)) {
            return new ContextLimit(most, Integer.MAX_VALUE);
        } else if (truncation instanceof Truncation.RetentionRatio ratio) {
            Truncation.TokenLimits limits = ratio.tokenLimits();
            Integer post = limits == null ? null : limits.postInstructions();
            int limit = post == null ? most : Math.min(most, post);
            return new ContextLimit(limit, (int) (limit * ratio.retentionRatio()));
        }
        return new ContextLimit(most, most);
    }

    boolean isExceededBy(int tokens) {
        return tokens > most;
    }
}
