package io.github.realtime4j.tool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asked before a call of a tool that {@linkplain FunctionTool#needsApproval needs approval} runs. */
@FunctionalInterface
public interface ToolApproval {
    /**
     * Decides, now or when somebody has been asked; there is no limit of time. Called on the handlers' executor. A call whose
     * approval fails is not run.
     */
    CompletionStage<Decision> decide(ToolCall call);

    /** Go ahead: a decision that is there already. */
    static CompletionStage<Decision> approve() {
        return CompletableFuture.completedFuture(Decision.APPROVE);
    }

    /** @param reason what the model is told */
    static CompletionStage<Decision> deny(String reason) {
        return CompletableFuture.completedFuture(Decision.deny(reason));
    }

    /**
     * Whether a call may run.
     *
     * @param reason what the model is told of a denial
     */
    record Decision(boolean approve, @Nullable String reason) {
        public static final Decision APPROVE = new Decision(true, null);

        public static Decision deny(String reason) {
            return new Decision(false, reason);
        }
    }
}
