package io.github.realtime4j.voice;

import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a voice asks of its session. Nobody waits for the answers: a refusal is logged, and after the end of the session nothing
 * is asked. Safe from any thread.
 */
final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    /** More than can be cut while a response that was stopped is on its way to its end. */
    private static final int REMEMBERED = 8;

    private final RealtimeSession session;

    /** The newest items of which the session knows how much was heard. */
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    Requests(RealtimeSession session) {
        this.session = session;
    }

    /** So much of these was heard, and no more will be; what runs is stopped. */
    void interrupt(List<Playback.Cut> cuts) {
        for (Playback.Cut cut : cuts) {
            Part part = cut.speech().part();
            told.add(part.itemId());
            ask(
                    "The interruption could not be told",
                    () -> session.interrupt(part.itemId(), part.contentIndex(), cut.played()));
        }
    }

    /** Stops what runs, of which nothing has come yet. */
    void stop() {
        ask("The response could not be stopped", () -> {
            session.cancel();
            return CompletableFuture.completedFuture(null);
        });
    }

    /** The user's turn is whole, and is answered. */
    void commitAndRespond() {
        ask("The turn could not be committed", () -> session.input().commit());
        respond();
    }

    void respond() {
        ask("The turn could not be answered", () -> session.respond().created());
    }

    /** What the user has said was no turn. */
    void clear() {
        ask("The turn could not be cleared", () -> session.input().clear());
    }

    /** What the user has said was noise. */
    void deleteNoise(String itemId) {
        ask("The noise could not be deleted", () -> session.items().delete(itemId));
    }

    /** Deletes what was made of a response that was stopped before anything of it was heard. */
    void forgetUnheard(Response response, Playback playback) {
        if (Response.Status.CANCELLED.equals(response.status())) {
            for (Item item : response.output()) {
                String id = item.id();
                if (id != null && isSpoken(item) && !told.contains(id) && playback.isUnheard(id)) {
                    ask(
                            "What nobody has heard could not be deleted",
                            () -> session.items().delete(id));
                }
            }
        }
    }

    private static boolean isSpoken(Item item) {
        return item instanceof Item.Message message
                && message.content().stream().anyMatch(ContentPart.OutputAudio.class::isInstance);
    }

    /** @param problem what to say if it is refused */
    void ask(String problem, Supplier<? extends CompletableFuture<?>> request) {
        try {
            var unused = request.get().whenComplete((done, refusal) -> {
                if (refusal != null && session.state() == SessionState.OPEN) {
                    LOG.warn("{}: {}", problem, refusal.getMessage());
                } else if (refusal != null) {
                    LOG.debug("{}, the session has ended", problem);
                }
            });
        } catch (RealtimeException | IllegalStateException ended) {
            LOG.debug("{}, there is nobody to ask", problem, ended);
        }
    }
}
