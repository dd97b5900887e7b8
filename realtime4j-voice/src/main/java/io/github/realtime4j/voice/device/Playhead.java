package io.github.realtime4j.voice.device;

/**
 * How many samples have been heard, from the position of a line. A line counts what it took from its buffer, at its own
 * rate, discarded frames too, and as it starts it runs ahead by up to a buffer; this counts what was heard, at the rate of
 * the writer. A run is what is written without a pause in between. Confined by its owner's lock.
 */
final class Playhead {
    /** No sound is heard faster than time passes, but for how much the clocks of device and machine may differ. */
    private static final double FASTEST = 1.01;

    private final int sampleRate;

    private int lineRate = 1;

    /** Frames given to the line since it was opened, and before this run. */
    private long lineFrames;

    private long runStart;

    private long runNanos;

    private long runSamples;

    /** Heard in runs that are over. */
    private long settled;

    private long heard;

    Playhead(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /** A new line, whose position is 0. */
    void opened(int lineRate) {
        this.lineRate = lineRate;
        this.lineFrames = 0;
        this.runStart = 0;
        this.runSamples = 0;
    }

    /**
     * More is going to be written. If all before it has been heard, a run begins.
     *
     * @return whether it does
     */
    boolean writing(long position, long nanos) {
        boolean begins = heard(position, nanos) >= end();
        if (begins) {
            settle();
            runNanos = nanos;
        }
        return begins;
    }

    void wroteFrames(int frames) {
        lineFrames += frames;
    }

    /** The frames written so far hold all of these samples, but for what a filter still delays. */
    void wroteSamples(int samples) {
        runSamples += samples;
    }

    long heard(long position, long nanos) {
        long frames = Math.min(position - runStart, passed(nanos));
        if (frames >= lineFrames - runStart) {
            heard = Math.max(heard, settled + runSamples);
        } else if (frames > 0) {
            heard = Math.max(heard, settled + Math.min(runSamples, frames * sampleRate / lineRate));
        }
        return heard;
    }

    private long passed(long nanos) {
        return (long) ((nanos - runNanos) * FASTEST * lineRate / 1_000_000_000);
    }

    /** What was written and not heard by now never will be. */
    void cut(long position, long nanos) {
        settled = heard(position, nanos);
        endRun();
    }

    /** All that was written counts as heard: it was, or nobody can tell any more. */
    void settle() {
        settled += runSamples;
        heard = Math.max(heard, settled);
        endRun();
    }

    private void endRun() {
        runStart = lineFrames;
        runSamples = 0;
    }

    /** Samples that were heard or will be. */
    long end() {
        return settled + runSamples;
    }
}
