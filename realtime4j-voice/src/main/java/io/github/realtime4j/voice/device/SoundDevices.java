package io.github.realtime4j.voice.device;

import io.github.realtime4j.voice.AudioDevices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The microphones and speakers that {@code javax.sound} sees at this moment. Safe from any thread. */
public final class SoundDevices implements AudioDevices {
    /** For {@link java.util.ServiceLoader}, which {@link AudioDevices#installed} asks. */
    public SoundDevices() {}

    /** Microphones and other inputs, the default one first. */
    public static List<AudioDevice> inputs() {
        return JavaSound.SYSTEM.devices(Direction.INPUT);
    }

    /** Speakers and other outputs, the default one first. */
    public static List<AudioDevice> outputs() {
        return JavaSound.SYSTEM.devices(Direction.OUTPUT);
    }

    @Override
    public Microphone microphone(@Nullable String name) throws AudioDeviceException {
        return Microphone.open(DeviceOptions.DEFAULT.withName(name));
    }

    @Override
    public Speaker speaker(@Nullable String name) throws AudioDeviceException {
        return Speaker.open(DeviceOptions.DEFAULT.withName(name));
    }
}
