package io.github.realtime4j.voice;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much hangs on an object: what grows in a long conversation, wherever it is kept. */
final class Reachable {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();

    /**
     * Counts the objects that are reached through the fields of this package, through collections, and through arrays; an
     * array counts as many as it has elements.
     */
    static long from(Object root) throws IllegalAccessException {
        return new Reachable().count(root);
    }

    private long count(Object root) throws IllegalAccessException {
        add(root);
        long count = 0;
        while (!left.isEmpty()) {
            Object next = left.remove();
            count += next instanceof short[] samples ? samples.length : 1;
            if (next instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    add(key);
                    add(value);
                });
            } else if (next instanceof Collection<?> collection) {
                collection.forEach(this::add);
            } else if (next.getClass().getPackage() == Reachable.class.getPackage()) {
                addFields(next);
            }
        }
        return count;
    }

    private void addFields(Object owner) throws IllegalAccessException {
        for (Field field : owner.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                add(field.get(owner));
            }
        }
    }

    private void add(@Nullable Object next) {
        // The room and its conversation belong to the test.
        if (next != null && !(next instanceof Room) && seen.add(next)) {
            left.add(next);
        }
    }
}
