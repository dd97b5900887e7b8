package io.github.realtime4j;

import io.github.realtime4j.protocol.Item;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the conversation is made of: {@code conversation.item.*}. Each future completes when the server has done it, and
 * fails with {@link ServerErrorException} if it refuses. Any thread may call.
 */
public final class ConversationItems {
    /** For {@link #create(Item, String)}: before all others. */
    public static final String ROOT = "root";

    private final RealtimeSession session;

    ConversationItems(RealtimeSession session) {
        this.session = session;
    }

    /** Adds an item at the end. An item without an id is given one. */
    public CompletableFuture<Item> create(Item item) {
        return session.ask(live -> live.commands().create(null, item));
    }

    /** @param previousItemId the item to put it after, or {@link #ROOT} */
    public CompletableFuture<Item> create(Item item, String previousItemId) {
        return session.ask(live -> live.commands().create(previousItemId, item));
    }

    public CompletableFuture<@Nullable Void> delete(String itemId) {
        return session.ask(live -> live.commands().delete(itemId));
    }

    /**
     * Makes the model forget what it said after this point; for an interruption, {@link RealtimeSession#interrupt} does the
     * arithmetic.
     *
     * @param audioEndMs milliseconds of its audio to keep; the server refuses more than there are
     */
    public CompletableFuture<@Nullable Void> truncate(String itemId, int contentIndex, int audioEndMs) {
        return session.ask(live -> live.commands().truncate(itemId, contentIndex, audioEndMs));
    }

    /** The item as the server has it, with its audio. */
    public CompletableFuture<Item> retrieve(String itemId) {
        return session.ask(live -> live.commands().retrieve(itemId));
    }
}
