package io.github.realtime4j.server.usage;

import java.util.List;

/**
 * What one response is made from, after truncation.
 *
 * @param items that the model sees; what was dropped is still listed in the conversation
 * @param tokens of everything, instructions and tools included
 * @param dropped how many of the oldest items were left out
 * @param tooLong it does not fit and may not be, or cannot be, shortened: {@code conversation_too_long}
 * @param pieces in order, for the prompt cache
 */
public record Context(List<ContextItem> items, Tokens tokens, int dropped, boolean tooLong, List<Piece> pieces) {
    public Context {
        items = List.copyOf(items);
        pieces = List.copyOf(pieces);
    }

    /**
     * One stretch of the prompt.
     *
     * @param id of the item; empty for instructions and tools
     * @param content what makes it the same as before
     */
    public record Piece(String id, int content, Tokens tokens) {}
}
