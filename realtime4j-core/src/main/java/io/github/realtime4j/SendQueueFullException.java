package io.github.realtime4j;

/** Audio was appended faster than the network takes it, and the session is not to wait. This piece was not queued. */
public final class SendQueueFullException extends RealtimeException {
    private static final long serialVersionUID = 1;

    SendQueueFullException(int bound) {
        super(
                "The audio was not queued: the network is slower than the sender, and the bound of " + bound
                        + " queued bytes is reached (SessionOptions.maxQueuedAudio); what was queued before is still sent",
                null);
    }
}
