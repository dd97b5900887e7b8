package io.github.realtime4j.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts what is final of the user's turns into the order in which they were committed: the service finishes them in any
 * order. Confined to its owner.
 *
 * @param <T> what becomes of a turn
 */
public final class CommitOrder<T> {
    private final Set<String> unfinished = new LinkedHashSet<>();
    private final Map<String, T> early = new HashMap<>();

    /** {@code input_audio_buffer.committed}. */
    public void committed(String itemId) {
        unfinished.add(itemId);
    }

    /**
     * A turn is final.
     *
     * @param out gets it, and those after it that waited for it; or later, if an earlier turn is not final yet. A turn whose
     *     commit was not seen waits for nothing
     */
    public void finished(String itemId, T result, Consumer<? super T> out) {
        if (!unfinished.contains(itemId)) {
            out.accept(result);
            return;
        }
        early.put(itemId, result);
        release(out);
    }

    /** A turn will never be final: its item has been deleted. */
    public void gone(String itemId, Consumer<? super T> out) {
        early.remove(itemId);
        if (unfinished.remove(itemId)) {
            release(out);
        }
    }

    private void release(Consumer<? super T> out) {
        while (!unfinished.isEmpty()) {
            String next = unfinished.iterator().next();
            T result = early.remove(next);
            if (result == null) {
                return;
            }
            unfinished.remove(next);
            out.accept(result);
        }
    }

    /** Whether every turn that was committed is final. */
    public boolean isComplete() {
        return unfinished.isEmpty();
    }
}
