package io.github.realtime4j.voice.device;

import java.util.List;

/** One device of one format, which takes and gives anything at once. */
record Nowhere(AudioDevice.Format format) implements SoundSystem {
    @Override
    public List<AudioDevice> devices(Direction direction) {
        return List.of(new AudioDevice("nowhere", "Nowhere", true, List.of(format)));
    }

    @Override
    public SoundLine.Input openInput(AudioDevice device, AudioDevice.Format wanted, int bufferFrames)
            throws AudioDeviceException {
        return new Line(check(wanted), bufferFrames);
    }

    @Override
    public SoundLine.Output openOutput(AudioDevice device, AudioDevice.Format wanted, int bufferFrames)
            throws AudioDeviceException {
        return new Line(check(wanted), bufferFrames);
    }

    private AudioDevice.Format check(AudioDevice.Format wanted) throws AudioDeviceException {
        if (!wanted.equals(format)) {
            throw new AudioDeviceException("not " + wanted);
        }
        return wanted;
    }

    private static final class Line implements SoundLine.Input, SoundLine.Output {
        private final AudioDevice.Format format;
        private final int bufferFrames;
        private long position;

        Line(AudioDevice.Format format, int bufferFrames) {
            this.format = format;
            this.bufferFrames = bufferFrames;
        }

        @Override
        public AudioDevice.Format format() {
            return format;
        }

        @Override
        public int bufferFrames() {
            return bufferFrames;
        }

        @Override
        public int available() {
            return bufferFrames;
        }

        @Override
        public void start() {}

        @Override
        public void close() {}

        @Override
        public int read(byte[] target, int frames) {
            return frames;
        }

        @Override
        public int write(byte[] source, int offset, int frames) {
            position += frames;
            return frames;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void halt() {}
    }
}
