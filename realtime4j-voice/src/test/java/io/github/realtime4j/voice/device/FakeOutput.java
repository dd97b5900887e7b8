package io.github.realtime4j.voice.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A speaker that remembers what was heard, first channel only. */
final class FakeOutput extends FakeLine implements SoundLine.Output {
    private final ArrayDeque<Short> buffer = new ArrayDeque<>();
    private final List<Short> heard = new ArrayList<>();
    private long written;
    private int ahead;
    private int gaps;
    private boolean channelsDiffer;
    private boolean halted;

    FakeOutput(FakeClock clock, String device, AudioDevice.Format format, int bufferFrames) {
        super(clock, device, format, bufferFrames);
    }

    /** From now on the position runs this far ahead of what was heard, even of what was written. */
    void runAhead(int frames) {
        ahead = frames;
    }

    private void play() {
        for (int frames = elapsed(); frames > 0; frames--) {
            Short sample = buffer.poll();
            if (sample == null) {
                gaps++;
            } else {
                heard.add(sample);
            }
        }
    }

    @Override
    public int available() {
        if (isGone()) {
            return bufferFrames();
        }
        play();
        return bufferFrames() - buffer.size();
    }

    @Override
    public int write(byte[] source, int offset, int frames) {
        if (isGone() || isClosed() || halted && !isRunning()) {
            return 0;
        }
        play();
        int stride = format().bytesPerFrame();
        int count = Math.min(frames, bufferFrames() - buffer.size());
        for (int i = 0; i < count; i++) {
            int at = offset + i * stride;
            buffer.add(sample(source, at));
            channelsDiffer |= !sample(source, at).equals(sample(source, at + stride - 2));
        }
        written += count;
        return count;
    }

    private static Short sample(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8));
    }

    @Override
    public long position() {
        play();
        return written - buffer.size() + ahead;
    }

    @Override
    public void halt() {
        play();
        stop();
        halted = true;
        buffer.clear();
    }

    short[] heard() {
        play();
        short[] samples = new short[heard.size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = heard.get(i);
        }
        return samples;
    }

    boolean channelsDiffer() {
        return channelsDiffer;
    }

    /** Frames for which the device had nothing to play. */
    int gaps() {
        play();
        return gaps;
    }
}
