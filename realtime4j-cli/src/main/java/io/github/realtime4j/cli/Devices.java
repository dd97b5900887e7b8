package io.github.realtime4j.cli;

import io.github.realtime4j.voice.AudioSink;
import io.github.realtime4j.voice.AudioSource;
import io.github.realtime4j.voice.device.AudioDevice;
import io.github.realtime4j.voice.device.AudioDeviceException;
import io.github.realtime4j.voice.device.DeviceListener;
import io.github.realtime4j.voice.device.DeviceOptions;
import io.github.realtime4j.voice.device.Microphone;
import io.github.realtime4j.voice.device.SoundDevices;
import io.github.realtime4j.voice.device.Speaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The microphones and speakers of a machine. */
interface Devices {
    /** Those that Java sees. */
    Devices SYSTEM = new Devices() {
        @Override
        public List<AudioDevice> inputs() {
            return SoundDevices.inputs();
        }

        @Override
        public List<AudioDevice> outputs() {
            return SoundDevices.outputs();
        }

        @Override
        public AudioSource microphone(@Nullable String name, DeviceListener listener) throws AudioDeviceException {
            return Microphone.open(DeviceOptions.DEFAULT.withName(name).withListener(listener));
        }

        @Override
        public AudioSink speaker(@Nullable String name, DeviceListener listener) throws AudioDeviceException {
            return Speaker.open(DeviceOptions.DEFAULT.withName(name).withListener(listener));
        }
    };

    /** The default one first. */
    List<AudioDevice> inputs();

    /** The default one first. */
    List<AudioDevice> outputs();

    /**
     * Opens a microphone.
     *
     * @param name a part of its name or description; null for the default one
     * @throws AudioDeviceException if there is none, or it does not open; the message says what to do
     */
    AudioSource microphone(@Nullable String name, DeviceListener listener) throws AudioDeviceException;

    /**
     * Opens a speaker.
     *
     * @param name a part of its name or description; null for the default one
     * @throws AudioDeviceException if there is none, or it does not open; the message says what to do
     */
    AudioSink speaker(@Nullable String name, DeviceListener listener) throws AudioDeviceException;
}
