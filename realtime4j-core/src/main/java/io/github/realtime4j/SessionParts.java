package io.github.realtime4j;

import io.github.realtime4j.history.ConversationLog;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.session.Confinement;
import io.github.realtime4j.session.Deadlines;
import io.github.realtime4j.session.ReadGate;
import io.github.realtime4j.session.ReceivedAudio;
import io.github.realtime4j.usage.UsageMeter;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to a session rather than to one of its connections.
 *
 * @param callbacks runs the application's code; never at once when the caller is in the confinement
 * @param deadlines whose tasks run in the confinement
 * @param log in the confinement, like {@code usage} and {@code received}
 */
record SessionParts(
        Endpoint endpoint,
        SessionOptions options,
        Confinement confinement,
        Executor callbacks,
        ScheduledExecutorService timer,
        Deadlines deadlines,
        LongSupplier nanoTime,
        ReadGate gate,
        Subscriptions subscriptions,
        ConversationLog log,
        UsageMeter usage,
        ReceivedAudio received,
        SessionSettings settings,
        Tapping tap,
        Measurements measurements) {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    /** Nobody may be looking at an outcome: what went wrong is in the log, without what was said. */
    void report(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            ErrorDetail error = failed.error();
            LOG.warn(
                    "Response {} failed: {}",
                    failed.response().id(),
                    error == null ? "no reason given" : error.type() + ", code " + error.code());
        } else if (outcome instanceof Outcome.Incomplete incomplete) {
            LOG.warn("Response {} is incomplete: {}", incomplete.response().id(), incomplete.reason());
        } else if (outcome instanceof Outcome.Completed completed && !endpoint.isCall()) {
            completed.response().output().stream()
                    .filter(item -> isSpoken(item) && !received.isKnown(item.id()))
                    .forEach(item -> LOG.warn(
                            "Item {} was spoken, but no audio of it has come: does the server speak the dialect {}?",
                            item.id(),
                            endpoint.dialect()));
        }
    }

    private static boolean isSpoken(Item item) {
        return item instanceof Item.Message message
                && message.content().stream().anyMatch(ContentPart.OutputAudio.class::isInstance);
    }
}
