package io.github.realtime4j;

/** A handler's attachment to a session; it lasts as long as the session unless it is cancelled. */
public interface Subscription extends AutoCloseable {
    /** The handler is not called any more; a call that has begun is finished. Later calls have no effect. */
    void cancel();

    @Override
    default void close() {
        cancel();
    }
}
