package io.github.realtime4j.voice.device;

/** What both lines have in common: time turns into frames while they run. */
abstract class FakeLine implements SoundLine {
    final String device;
    private final FakeClock clock;
    private final AudioDevice.Format format;
    private final int bufferFrames;
    private long from;
    private long taken;
    private boolean running;
    private boolean closed;
    private boolean gone;
    private boolean still;

    FakeLine(FakeClock clock, String device, AudioDevice.Format format, int bufferFrames) {
        this.clock = clock;
        this.device = device;
        this.format = format;
        this.bufferFrames = bufferFrames;
    }

    /** Frames that the hardware has had time for since the last call. */
    final int elapsed() {
        if (!running || gone || still || closed) {
            return 0;
        }
        long frames = (clock.nanoTime() - from) * format.sampleRate() / 1_000_000_000 - taken;
        taken += frames;
        return (int) frames;
    }

    @Override
    public final AudioDevice.Format format() {
        return format;
    }

    @Override
    public final int bufferFrames() {
        return bufferFrames;
    }

    @Override
    public final void start() {
        running = true;
        from = clock.nanoTime();
        taken = 0;
    }

    final void stop() {
        running = false;
    }

    final boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        closed = true;
    }

    final boolean isClosed() {
        return closed;
    }

    /** As a line whose sound server has died: it claims to be ready and moves nothing. */
    final void vanish() {
        gone = true;
    }

    final boolean isGone() {
        return gone;
    }

    /** As a line whose hardware has stopped. */
    final void standStill() {
        still = true;
    }
}
