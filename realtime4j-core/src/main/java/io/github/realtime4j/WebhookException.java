package io.github.realtime4j;

import org.jspecify.annotations.Nullable;

/** A webhook that is not to be believed, or cannot be read: answer it with status 400. */
public final class WebhookException extends RealtimeException {
    private static final long serialVersionUID = 1;

    WebhookException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
