package io.github.realtime4j.voice.device;

/** A microphone that hears a voice count: sample n is n on the first channel and n + 2 on the second. */
final class FakeInput extends FakeLine implements SoundLine.Input {
    private long heard;
    private long read;

    FakeInput(FakeClock clock, String device, AudioDevice.Format format, int bufferFrames) {
        super(clock, device, format, bufferFrames);
    }

    @Override
    public int available() {
        if (isGone()) {
            return bufferFrames();
        }
        heard += elapsed();
        return (int) Math.min(bufferFrames(), heard - read);
    }

    @Override
    public int read(byte[] target, int frames) {
        if (isGone() || isClosed()) {
            return 0;
        }
        int count = Math.min(frames, available());
        int at = 0;
        for (int i = 0; i < count; i++, read++) {
            for (int channel = 0; channel < format().channels(); channel++) {
                target[at++] = (byte) (read + 2 * channel);
                target[at++] = (byte) ((read + 2 * channel) >> 8);
            }
        }
        return count;
    }
}
