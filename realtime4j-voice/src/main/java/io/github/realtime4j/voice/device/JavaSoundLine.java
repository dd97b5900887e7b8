package io.github.realtime4j.voice.device;

import javax.sound.sampled.DataLine;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/**
 * A line of {@code javax.sound.sampled}. Reads and writes no more than is available: with more, the native code waits, and
 * with ALSA it waits for ever, its lock held, once the sound server has gone.
 */
abstract class JavaSoundLine<L extends DataLine> implements SoundLine {
    final L line;
    final AudioDevice.Format format;
    final int bytesPerFrame;

    private JavaSoundLine(L line, AudioDevice.Format format) {
        this.line = line;
        this.format = format;
        this.bytesPerFrame = format.bytesPerFrame();
    }

    @Override
    public AudioDevice.Format format() {
        return format;
    }

    @Override
    public int bufferFrames() {
        return line.getBufferSize() / bytesPerFrame;
    }

    @Override
    public int available() {
        // ALSA's PulseAudio plugin may tell of more than the buffer holds, and of half frames.
        return Math.min(line.available() / bytesPerFrame, bufferFrames());
    }

    @Override
    public void start() {
        line.start();
    }

    @Override
    public void close() {
        line.close();
    }

    static final class Capture extends JavaSoundLine<TargetDataLine> implements SoundLine.Input {
        Capture(TargetDataLine line, AudioDevice.Format format) {
            super(line, format);
        }

        /** ALSA's PulseAudio plugin records from the opening on, and drops nothing before the line has been started. */
        @Override
        public void start() {
            super.start();
            line.flush();
        }

        @Override
        public int read(byte[] target, int frames) {
            return line.read(target, 0, frames * bytesPerFrame) / bytesPerFrame;
        }
    }

    static final class Playback extends JavaSoundLine<SourceDataLine> implements SoundLine.Output {
        Playback(SourceDataLine line, AudioDevice.Format format) {
            super(line, format);
        }

        @Override
        public int write(byte[] source, int offset, int frames) {
            return line.write(source, offset, frames * bytesPerFrame) / bytesPerFrame;
        }

        @Override
        public long position() {
            return line.getLongFramePosition();
        }

        @Override
        public void halt() {
            line.stop();
            line.flush();
        }
    }
}
