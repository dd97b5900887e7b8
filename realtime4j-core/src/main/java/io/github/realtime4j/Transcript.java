package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says, in words, as far as it is known.
 *
 * @param role user or assistant
 * @param itemId what is said
 * @param delta what this adds to what was known; empty when it only makes it final
 * @param text all of it so far
 * @param isFinal whether nothing follows
 * @param error why the words of the user are lost; null unless they are
 */
public record Transcript(
        Item.Role role,
        String itemId,
        String delta,
        String text,
        boolean isFinal,
        @Nullable ErrorDetail error) {}
