package io.github.realtime4j.voice.device;

import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/** The devices of {@code javax.sound.sampled}. */
final class JavaSound implements SoundSystem {
    static final SoundSystem SYSTEM = new JavaSound();

    private static final int[] RATES = {24_000, 48_000, 44_100, 16_000, 8_000};

    private JavaSound() {}

    @Override
    public List<AudioDevice> devices(Direction direction) {
        List<AudioDevice> devices = new ArrayList<>();
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            List<AudioDevice.Format> formats = formats(info, direction);
            if (!formats.isEmpty()) {
                // javax.sound itself takes the first mixer that has such a line.
                devices.add(new AudioDevice(info.getName(), info.getDescription(), devices.isEmpty(), formats));
            }
        }
        return devices;
    }

    private static List<AudioDevice.Format> formats(Mixer.Info info, Direction direction) {
        List<AudioDevice.Format> formats = new ArrayList<>();
        try {
            Mixer mixer = AudioSystem.getMixer(info);
            for (int rate : RATES) {
                for (int channels = 1; channels <= 2; channels++) {
                    AudioDevice.Format format = new AudioDevice.Format(rate, channels);
                    if (mixer.isLineSupported(line(direction, encoding(format)))) {
                        formats.add(format);
                    }
                }
            }
        } catch (IllegalArgumentException unplugged) {
            return List.of();
        }
        return formats;
    }

    private static DataLine.Info line(Direction direction, AudioFormat format) {
        return new DataLine.Info(direction == Direction.INPUT ? TargetDataLine.class : SourceDataLine.class, format);
    }

    private static AudioFormat encoding(AudioDevice.Format format) {
        return new AudioFormat(format.sampleRate(), 16, format.channels(), true, false);
    }

    @Override
    public SoundLine.Input openInput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException {
        AudioFormat encoding = encoding(format);
        try {
            TargetDataLine line = (TargetDataLine) mixer(device).getLine(line(Direction.INPUT, encoding));
            line.open(encoding, bufferFrames * format.bytesPerFrame());
            return new JavaSoundLine.Capture(line, format);
        } catch (LineUnavailableException | IllegalArgumentException refused) {
            throw refusal(refused);
        }
    }

    @Override
    public SoundLine.Output openOutput(AudioDevice device, AudioDevice.Format format, int bufferFrames)
            throws AudioDeviceException {
        AudioFormat encoding = encoding(format);
        try {
            SourceDataLine line = (SourceDataLine) mixer(device).getLine(line(Direction.OUTPUT, encoding));
            line.open(encoding, bufferFrames * format.bytesPerFrame());
            return new JavaSoundLine.Playback(line, format);
        } catch (LineUnavailableException | IllegalArgumentException refused) {
            throw refusal(refused);
        }
    }

    private static AudioDeviceException refusal(Exception refused) {
        return new AudioDeviceException(String.valueOf(refused.getMessage()), refused);
    }

    private static Mixer mixer(AudioDevice device) {
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            if (info.getName().equals(device.name()) && info.getDescription().equals(device.description())) {
                return AudioSystem.getMixer(info);
            }
        }
        throw new IllegalArgumentException("it is not there any more");
    }
}
