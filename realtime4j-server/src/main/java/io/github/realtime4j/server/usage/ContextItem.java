package io.github.realtime4j.server.usage;

import io.github.realtime4j.protocol.Item;

/**
 * One item of a conversation with what it weighs beside its text.
 *
 * @param audioMillis of all its audio; for a truncated item what was kept; 0 for none
 * @param truncated its transcript is forgotten
 */
public record ContextItem(Item item, long audioMillis, boolean truncated) {}
