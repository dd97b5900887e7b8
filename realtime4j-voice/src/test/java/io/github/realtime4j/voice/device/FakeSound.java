package io.github.realtime4j.voice.device;

import java.util.ArrayList;
import java.util.List;

/** A machine whose devices come and go, and whose lines play and record as the clock says. */
final class FakeSound implements SoundSystem {
    final FakeClock clock = new FakeClock();
    final List<FakeOutput> outputs = new ArrayList<>();
    final List<FakeInput> inputs = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();

    private record Device(AudioDevice device, List<AudioDevice.Format> opens) {}

    /** A device that claims every usual format and opens in these only, in all if none is named. */
    FakeSound plug(String name, AudioDevice.Format... opens) {
        List<AudioDevice.Format> claimed = new ArrayList<>();
        for (int rate : new int[] {24_000, 48_000, 44_100, 16_000, 8_000}) {
            claimed.add(new AudioDevice.Format(rate, 1));
            claimed.add(new AudioDevice.Format(rate, 2));
        }
        AudioDevice device = new AudioDevice(name, "Fake " + name, devices.isEmpty(), claimed);
        devices.add(new Device(device, opens.length == 0 ? claimed : List.of(opens)));
        return this;
    }

    /** Lines of the device go on as lines of a device that is gone do. */
    FakeSound unplug(String name) {
        devices.removeIf(device -> device.device.name().equals(name));
        outputs.stream().filter(line -> line.device.equals(name)).forEach(FakeLine::vanish);
        inputs.stream().filter(line -> line.device.equals(name)).forEach(FakeLine::vanish);
        return this;
    }

    @Override
    public List<AudioDevice> devices(Direction direction) {
        return devices.stream().map(Device::device).toList();
    }

    @Override
    public FakeInput openInput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException {
        check(device, format);
        FakeInput line = new FakeInput(clock, device.name(), format, bufferFrames);
        inputs.add(line);
        return line;
    }

    @Override
    public FakeOutput openOutput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException {
        check(device, format);
        FakeOutput line = new FakeOutput(clock, device.name(), format, bufferFrames);
        outputs.add(line);
        return line;
    }

    private void check(AudioDevice device, AudioDevice.Format format) throws AudioDeviceException {
        boolean opens = devices.stream().anyMatch(each -> each.device.equals(device) && each.opens.contains(format));
        if (!opens) {
            throw new AudioDeviceException("line with format " + format + " not supported");
        }
    }
}
