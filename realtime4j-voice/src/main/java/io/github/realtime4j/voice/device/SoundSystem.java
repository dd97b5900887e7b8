package io.github.realtime4j.voice.device;

import java.util.List;

/** Devices and their lines. */
interface SoundSystem {
    /** The default device first. */
    List<AudioDevice> devices(Direction direction);

    /**
     * @throws AudioDeviceException if the device does not open in this format
     */
    SoundLine.Input openInput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException;

    /**
     * @throws AudioDeviceException if the device does not open in this format
     */
    SoundLine.Output openOutput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException;
}
