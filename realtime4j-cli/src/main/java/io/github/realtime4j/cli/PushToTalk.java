package io.github.realtime4j.cli;

/**
 * Makes a press and a release of a key that a terminal tells only the presses of. A held key repeats itself: it is let go when
 * the repeats stop. A key that was tapped does not: it is let go by the next tap.
 *
 * <pre>
 *                       space                    repeats stop
 * UP ── space ──▶ DOWN ───────▶ REPEATING ──────────────────────▶ UP
 *                  │  no repeat                 space
 *                  └───────────▶ LATCHED ───────────────▶ LIFTED ── its repeats stop ──▶ UP</pre>
 *
 * <p>Times are milliseconds from any origin. Confined to one thread.
 */
final class PushToTalk {
    /** The longest that a keyboard waits before it repeats a key. */
    static final long REPEAT_DELAY = 1_200;

    /** More than what is between two repeats. */
    static final long REPEAT_GAP = 200;

    /** How long after the tap that ends a turn its own repeats may begin: at most keyboards, and not so long as to be felt. */
    static final long LIFTED_DELAY = 700;

    private State state = State.UP;
    private long until;

    private enum State {
        UP,
        DOWN,
        REPEATING,
        LATCHED,
        /** The key that ended the turn may still be held. */
        LIFTED
    }

    /** What the key means. */
    enum Action {
        NONE,
        PRESS,
        RELEASE
    }

    /** The terminal has sent a space. */
    Action space(long now) {
        if (state != State.REPEATING) {
            tick(now);
        }
        switch (state) {
            case UP -> {
                enter(State.DOWN, now + REPEAT_DELAY);
                return Action.PRESS;
            }
            case LATCHED -> {
                enter(State.LIFTED, now + LIFTED_DELAY);
                return Action.RELEASE;
            }
            case DOWN, REPEATING -> enter(State.REPEATING, now + REPEAT_GAP);
            case LIFTED -> enter(State.LIFTED, now + REPEAT_GAP);
        }
        return Action.NONE;
    }

    /** Time has passed. */
    Action tick(long now) {
        if (now < until) {
            return Action.NONE;
        }
        switch (state) {
            case DOWN -> state = State.LATCHED;
            case LIFTED -> state = State.UP;
            case REPEATING -> {
                state = State.UP;
                return Action.RELEASE;
            }
            case UP, LATCHED -> {}
        }
        return Action.NONE;
    }

    /** Whether it takes another tap to end the turn. */
    boolean isLatched() {
        return state == State.LATCHED;
    }

    private void enter(State next, long end) {
        state = next;
        until = end;
    }
}
