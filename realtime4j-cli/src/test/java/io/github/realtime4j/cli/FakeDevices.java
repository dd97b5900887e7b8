package io.github.realtime4j.cli;

import io.github.realtime4j.cli.demo.ScriptedUser;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.voice.AudioSink;
import io.github.realtime4j.voice.AudioSource;
import io.github.realtime4j.voice.ClockedSink;
import io.github.realtime4j.voice.VoiceClock;
import io.github.realtime4j.voice.device.AudioDevice;
import io.github.realtime4j.voice.device.AudioDeviceException;
import io.github.realtime4j.voice.device.DeviceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine with the devices that a test gives it; without one, as where Java sees none. */
final class FakeDevices implements Devices {
    private final List<AudioDevice> inputs = new ArrayList<>();
    private final List<AudioDevice> outputs = new ArrayList<>();
    private final ScriptedUser user = new ScriptedUser(running());
    private final List<@Nullable String> opened = new ArrayList<>();
    private volatile DeviceListener listener = DeviceListener.NONE;

    private static ConversationClock running() {
        ConversationClock clock = ConversationClock.realTime();
        clock.go();
        return clock;
    }

    private static AudioDevice device(String name, boolean isDefault) {
        return new AudioDevice(
                name,
                "USB, model 3",
                isDefault,
                List.of(new AudioDevice.Format(24_000, 1), new AudioDevice.Format(44_100, 1)));
    }

    FakeDevices withMicrophone() {
        inputs.add(device("Mic [plughw:0]", inputs.isEmpty()));
        return this;
    }

    FakeDevices withSpeaker() {
        return withSpeaker("Loud [plughw:1]");
    }

    FakeDevices withSpeaker(String name) {
        outputs.add(device(name, outputs.isEmpty()));
        return this;
    }

    /** Whom the microphone hears. */
    ScriptedUser user() {
        return user;
    }

    /** The names by which devices were opened; null for the default one. */
    List<@Nullable String> opened() {
        return opened;
    }

    /** Who is told of what becomes of the devices. */
    DeviceListener listener() {
        return listener;
    }

    @Override
    public List<AudioDevice> inputs() {
        return inputs;
    }

    @Override
    public List<AudioDevice> outputs() {
        return outputs;
    }

    @Override
    public AudioSource microphone(@Nullable String name, DeviceListener told) throws AudioDeviceException {
        require(inputs, "no microphone here");
        listener = told;
        opened.add(name);
        return user;
    }

    @Override
    public AudioSink speaker(@Nullable String name, DeviceListener told) throws AudioDeviceException {
        require(outputs, "no speaker here");
        opened.add(name);
        return new ClockedSink(24_000, Duration.ofMillis(500), VoiceClock.SYSTEM, heard -> {});
    }

    private static void require(List<AudioDevice> devices, String message) throws AudioDeviceException {
        if (devices.isEmpty()) {
            throw new AudioDeviceException(message);
        }
    }
}
