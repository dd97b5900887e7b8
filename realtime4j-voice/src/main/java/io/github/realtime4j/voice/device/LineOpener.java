package io.github.realtime4j.voice.device;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the line of one microphone or speaker: at first as asked for, and again when its device has gone. */
final class LineOpener<L extends SoundLine> {
    private static final Logger log = LoggerFactory.getLogger(LineOpener.class);

    private final SoundSystem sound;
    private final Direction direction;
    private final DeviceOptions options;
    private final Opening<L> opening;

    /** What was opened last. */
    private volatile AudioDevice device;

    interface Opening<L> {
        L open(AudioDevice device, AudioDevice.Format format, int bufferFrames) throws AudioDeviceException;
    }

    private LineOpener(SoundSystem sound, Direction direction, DeviceOptions options, Opening<L> opening)
            throws AudioDeviceException {
        this.sound = sound;
        this.direction = direction;
        this.options = options;
        this.opening = opening;
        this.device = DeviceChoice.choose(sound.devices(direction), direction, options.name());
    }

    static LineOpener<SoundLine.Input> inputs(SoundSystem sound, DeviceOptions options) throws AudioDeviceException {
        return new LineOpener<>(sound, Direction.INPUT, options, sound::openInput);
    }

    static LineOpener<SoundLine.Output> outputs(SoundSystem sound, DeviceOptions options) throws AudioDeviceException {
        return new LineOpener<>(sound, Direction.OUTPUT, options, sound::openOutput);
    }

    AudioDevice device() {
        return device;
    }

    DeviceOptions options() {
        return options;
    }

    /**
     * @throws AudioDeviceException if the device opens in no format
     */
    L open() throws AudioDeviceException {
        return open(device);
    }

    private L open(AudioDevice candidate) throws AudioDeviceException {
        AudioDeviceException refused = null;
        for (AudioDevice.Format format : DeviceChoice.formats(candidate, options.sampleRate())) {
            try {
                L line = opening.open(candidate, format, bufferFrames(format));
                device = candidate;
                return line;
            } catch (AudioDeviceException refusal) {
                refused = refusal;
            }
        }
        throw new AudioDeviceException(
                "The " + direction.device + " \"" + candidate.name() + "\" does not open: "
                        + (refused == null ? "it has no usable format" : refused.getMessage())
                        + ". Another program may hold it",
                refused);
    }

    private int bufferFrames(AudioDevice.Format format) {
        return (int) (format.sampleRate() * options.buffer().toMillis() / 1_000);
    }

    /**
     * The device asked for if it is back, else the default one.
     *
     * @throws AudioDeviceException if neither opens, now
     */
    L reopen() throws AudioDeviceException {
        var devices = sound.devices(direction);
        L line;
        try {
            line = open(DeviceChoice.choose(devices, direction, options.name()));
        } catch (AudioDeviceException gone) {
            line = open(DeviceChoice.choose(devices, direction, null));
        }
        log.info("The {} is \"{}\" now, {}", direction.device, device.name(), line.format());
        try {
            options.listener().reopened(device);
        } catch (RuntimeException failure) {
            log.warn("A device listener failed", failure);
        }
        return line;
    }

    void lost(String why) {
        log.warn("The {} \"{}\" is gone: {}", direction.device, device.name(), why);
        try {
            options.listener().lost(device.name(), why);
        } catch (RuntimeException failure) {
            log.warn("A device listener failed", failure);
        }
    }
}
