package io.github.realtime4j;

/** What a bounded view does with an event for which it has no room. */
public enum SlowConsumer {
    /** Keeps it; reading from the network pauses until the consumer has caught up, and the server waits. */
    WAIT,
    /** Drops the oldest ones and counts them: for a display. */
    DROP_OLDEST,
    /** Ends the view with {@link SlowConsumerException}; the session goes on. */
    FAIL
}
