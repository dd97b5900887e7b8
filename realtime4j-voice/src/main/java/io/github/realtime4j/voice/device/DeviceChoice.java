package io.github.realtime4j.voice.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the device that is meant, and the formats to try on it. */
final class DeviceChoice {
    private static final int[] USUAL_RATES = {24_000, 48_000, 44_100, 16_000, 8_000};

    private DeviceChoice() {}

    /**
     * @param name a part of a name or a description; the whole name of one device means that one; null for the default
     * @throws AudioDeviceException if there is none, or more than one
     */
    static AudioDevice choose(List<AudioDevice> devices, Direction direction, @Nullable String name)
            throws AudioDeviceException {
        if (devices.isEmpty()) {
            throw new AudioDeviceException(nothingThere(direction));
        }
        if (name == null) {
            return devices.get(0);
        }
        List<AudioDevice> fitting = new ArrayList<>();
        for (AudioDevice device : devices) {
            if (device.name().equalsIgnoreCase(name)) {
                return device;
            }
            if (device.isCalled(name)) {
                fitting.add(device);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            throw new AudioDeviceException(
                    "No " + direction.device + " is called \"" + name + "\". There are: " + names(devices));
        }
        throw new AudioDeviceException("\"" + name + "\" may be any of " + fitting.size() + " " + direction.device
                + "s, name more of it: " + names(fitting));
    }

    private static String nothingThere(Direction direction) {
        return "Java sees no " + direction.device
                + " on this machine. Without a sound device (a server, a container) use a"
                + " file or a stream; on the command line " + direction.instead
                + ". On Linux Java sees only what ALSA does: `" + direction.listing
                + "` must list a device, PulseAudio and PipeWire need ALSA's plugin (libasound2-plugins, pipewire-alsa),"
                + " and the user may have to be in the group audio";
    }

    private static String names(List<AudioDevice> devices) {
        return devices.stream()
                .map(device -> "\"" + device.name() + "\" (" + device.description() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Formats in the order in which to try them: at the rate that is wanted nothing need be converted. */
    static List<AudioDevice.Format> formats(AudioDevice device, int sampleRate) {
        Set<Integer> rates = new LinkedHashSet<>();
        rates.add(sampleRate);
        for (int rate : USUAL_RATES) {
            rates.add(rate);
        }
        List<AudioDevice.Format> order = new ArrayList<>();
        for (int rate : rates) {
            for (int channels = 1; channels <= 2; channels++) {
                AudioDevice.Format format = new AudioDevice.Format(rate, channels);
                if (rate == sampleRate || device.formats().contains(format)) {
                    order.add(format);
                }
            }
        }
        return order;
    }
}
