package io.github.realtime4j;

/** A view with {@link SlowConsumer#FAIL} was given more than its consumer took. The session goes on without it. */
public final class SlowConsumerException extends RealtimeException {
    private static final long serialVersionUID = 1;

    SlowConsumerException(int bytes, int bound) {
        super(
                "The view is full: " + bytes + " bytes would wait and the bound is " + bound
                        + "; take events faster, raise the bound, or let it wait or drop (SlowConsumer)",
                null);
    }
}
