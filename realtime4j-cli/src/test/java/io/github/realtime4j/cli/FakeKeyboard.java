package io.github.realtime4j.cli;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** A keyboard whose keys are pressed when something has happened. */
final class FakeKeyboard implements Keyboard {
    private final ConcurrentLinkedQueue<Stroke> strokes = new ConcurrentLinkedQueue<>();
    private boolean open;

    private record Stroke(char key, BooleanSupplier due) {}

    /** Presses a key as soon as that is the case, after those before. */
    FakeKeyboard press(char key, BooleanSupplier due) {
        strokes.add(new Stroke(key, due));
        return this;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public Keys open() {
        open = true;
        return new Keys() {
            @Override
            public int next() {
                Stroke first = strokes.peek();
                if (first == null || !first.due.getAsBoolean()) {
                    return NONE;
                }
                strokes.remove();
                return first.key;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }
}
