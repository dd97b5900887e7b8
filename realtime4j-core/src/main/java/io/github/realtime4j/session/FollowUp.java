package io.github.realtime4j.session;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a response is wanted that sees the outputs of tools, and which responses do. */
final class FollowUp {
    boolean wanted;

    /** How often it was refused for a response that nobody here has seen. */
    int rejections;

    /** Call ids of outputs that were sent and that the server has not been heard to have. */
    private final Set<String> outputsOnTheWay = new HashSet<>(2);

    void outputSent(String callId) {
        outputsOnTheWay.add(callId);
    }

    void outputSettled(String callId) {
        outputsOnTheWay.remove(callId);
    }

    /** Whether a response that begins now sees all outputs, whoever asked for it. */
    boolean isSeenByAll() {
        return outputsOnTheWay.isEmpty();
    }

    /**
     * A response has begun. One that began before the server had the outputs has not seen them.
     *
     * @param own whose it is; null for the server's own
     * @return whether it is what was wanted
     */
    boolean fulfil(@Nullable Flight own) {
        boolean seesAll = isSeenByAll() || (own != null && !own.sentBeforeOutputs);
        boolean fulfilled = wanted && seesAll;
        if (fulfilled) {
            abandon();
        }
        return fulfilled;
    }

    void abandon() {
        wanted = false;
        rejections = 0;
    }
}
