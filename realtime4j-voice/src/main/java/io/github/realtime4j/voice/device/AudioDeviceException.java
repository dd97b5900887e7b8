package io.github.realtime4j.voice.device;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no such device, or it cannot be opened. The message says what there is, and what to do. */
public final class AudioDeviceException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message says what there is, and what to do */
    public AudioDeviceException(String message) {
        super(message);
    }

    AudioDeviceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
