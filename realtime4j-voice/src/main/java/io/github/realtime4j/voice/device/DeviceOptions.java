package io.github.realtime4j.voice.device;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which device, and how.
 *
 * @param name a part of its name or description, in any case; null for the default device
 * @param sampleRate what the {@link Microphone} gives and the {@link Speaker} takes, samples per second
 * @param buffer how much sound the line may hold, 20 to 500 ms. A longer one survives a busy machine; it delays nothing,
 *     since sound begins at once and a flush empties it
 * @param listener told when the device goes away
 */
public record DeviceOptions(@Nullable String name, int sampleRate, Duration buffer, DeviceListener listener) {
    /** The default device, 24 kHz, 100 ms. */
    public static final DeviceOptions DEFAULT =
            new DeviceOptions(null, 24_000, Duration.ofMillis(100), DeviceListener.NONE);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public DeviceOptions {
        if (sampleRate < 8_000 || sampleRate > 192_000) {
            throw new IllegalArgumentException("Expected a rate of 8,000 to 192,000 Hz but got " + sampleRate);
        }
        if (buffer.toMillis() < 20 || buffer.toMillis() > 500) {
            throw new IllegalArgumentException(
                    "Expected a buffer of 20 to 500 ms but got " + buffer.toMillis() + " ms");
        }
    }

    public static DeviceOptions named(String name) {
        return DEFAULT.withName(name);
    }

    public DeviceOptions withName(@Nullable String name) {
        return new DeviceOptions(name, sampleRate, buffer, listener);
    }

    public DeviceOptions withSampleRate(int sampleRate) {
        return new DeviceOptions(name, sampleRate, buffer, listener);
    }

    public DeviceOptions withBuffer(Duration buffer) {
        return new DeviceOptions(name, sampleRate, buffer, listener);
    }

    public DeviceOptions withListener(DeviceListener listener) {
        return new DeviceOptions(name, sampleRate, buffer, listener);
    }
}
