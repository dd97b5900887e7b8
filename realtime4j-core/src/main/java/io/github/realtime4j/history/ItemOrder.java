package io.github.realtime4j.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Things with ids in the order of {@code previous_item_id}: each goes right after the one that is named as its
 * predecessor, its anchor.
 *
 * <p>An anchor that is not here leaves the newcomer at the end; when the anchor arrives, whatever waits for it moves
 * behind it, with all that hangs on it. An anchor that was removed stands for what was before it.
 */
final class ItemOrder<T> {
    /** A removed anchor is named for a second at most; an id that is still older is merely unknown. */
    private static final int REMEMBERED_REMOVALS = 256;

    private final Map<String, Node<T>> nodes = new HashMap<>();

    /** By the anchor that is missing. */
    private final Map<String, List<Node<T>>> waiting = new HashMap<>();

    /** What stood before each thing that was removed, oldest removal first; null for the first of all. */
    private final Map<String, @Nullable String> removed = new LinkedHashMap<>();

    private @Nullable Node<T> first;
    private @Nullable Node<T> last;

    @Nullable
    T find(String id) {
        Node<T> node = nodes.get(id);
        return node == null ? null : node.value;
    }

    boolean isRemoved(String id) {
        return removed.containsKey(id);
    }

    /** Everything, in order. */
    List<T> values() {
        List<T> values = new ArrayList<>(nodes.size());
        for (Node<T> node = first; node != null; node = node.next) {
            values.add(node.value);
        }
        return values;
    }

    /** Adds something whose predecessor is not told: it goes to the end until {@link #place} knows better. */
    void append(String id, T value) {
        Node<T> node = add(id, value);
        List<Node<T>> followers = waiting.remove(id);
        link(node, followers == null ? last : followers.get(0).previous);
        adopt(node, followers);
    }

    /**
     * Puts something in its place, and does so once: later calls for the same id change nothing.
     *
     * @param value to be added; ignored if it is here already
     * @param anchor id of the predecessor; null for the first place
     */
    void place(String id, T value, @Nullable String anchor) {
        Node<T> node = nodes.get(id);
        if (node == null) {
            append(id, value);
            node = nodes.get(id);
        }
        if (node == null || node.anchored) {
            return;
        }
        node.anchored = true;
        node.anchor = standing(anchor);
        Node<T> predecessor = node.anchor == null ? null : nodes.get(node.anchor);
        if (node.anchor != null && predecessor == null) {
            waiting.computeIfAbsent(node.anchor, missing -> new ArrayList<>()).add(node);
        } else {
            move(node, predecessor);
        }
    }

    /** Removes it; its id is remembered for a while. */
    void remove(String id) {
        Node<T> node = nodes.remove(id);
        if (node == null) {
            return;
        }
        unlink(node, node);
        if (node.anchor != null) {
            waiting.computeIfPresent(node.anchor, (anchor, followers) -> {
                followers.remove(node);
                return followers.isEmpty() ? null : followers;
            });
        }
        removed.put(id, node.previous == null ? null : node.previous.id);
        if (removed.size() > REMEMBERED_REMOVALS) {
            removed.remove(removed.keySet().iterator().next());
        }
    }

    private Node<T> add(String id, T value) {
        removed.remove(id);
        Node<T> node = new Node<>(id, value);
        nodes.put(id, node);
        return node;
    }

    private void adopt(Node<T> anchor, @Nullable List<Node<T>> followers) {
        if (followers != null) {
            followers.stream().skip(1).forEach(follower -> move(follower, anchor));
        }
    }

    /** The anchor, or what was before it if it has been removed. */
    private @Nullable String standing(@Nullable String anchor) {
        String id = anchor;
        while (id != null && !nodes.containsKey(id) && removed.containsKey(id)) {
            id = removed.get(id);
        }
        return id;
    }

    /** Moves a thing and what hangs on it behind another; null for the first place. */
    private void move(Node<T> node, @Nullable Node<T> predecessor) {
        Set<String> block = new HashSet<>(Set.of(node.id));
        Node<T> end = node;
        for (Node<T> next = node.next; next != null && next.anchor != null; next = next.next) {
            String anchor = standing(next.anchor);
            if (anchor == null || !block.contains(anchor)) {
                break;
            }
            block.add(next.id);
            end = next;
        }
        if (predecessor == node.previous || (predecessor != null && block.contains(predecessor.id))) {
            return;
        }
        unlink(node, end);
        link(node, end, predecessor);
    }

    private void link(Node<T> node, @Nullable Node<T> predecessor) {
        link(node, node, predecessor);
    }

    private void link(Node<T> from, Node<T> to, @Nullable Node<T> predecessor) {
        Node<T> successor = predecessor == null ? first : predecessor.next;
        from.previous = predecessor;
        to.next = successor;
        if (predecessor == null) {
            first = from;
        } else {
            predecessor.next = from;
        }
        if (successor == null) {
            last = to;
        } else {
            successor.previous = to;
        }
    }

    /** Takes a run out of the list; its own ends still say where it was. */
    private void unlink(Node<T> from, Node<T> to) {
        if (from.previous == null) {
            first = to.next;
        } else {
            from.previous.next = to.next;
        }
        if (to.next == null) {
            last = from.previous;
        } else {
            to.next.previous = from.previous;
        }
    }

    private static final class Node<T> {
        final String id;
        final T value;

        /** The neighbours; null at the ends. */
        @Nullable
        Node<T> previous;

        @Nullable
        Node<T> next;

        /** The predecessor that was named; null for the first place, and until one is named. */
        @Nullable
        String anchor;

        boolean anchored;

        Node(String id, T value) {
            this.id = id;
            this.value = value;
        }
    }
}
