package io.github.realtime4j.voice;

/**
 * For how long the microphone has heard more than the room: what tells a word from a cough before the server can. Written by
 * one thread, read by any.
 */
final class ActivityMeter {
    private static final double QUIETEST = 100;
    private static final double ABOVE_FLOOR = 3;

    /** The floor rises to twice itself in two seconds, and falls at once. */
    private static final double RISE = 1.0035;

    private static final int LONGEST_GAP_MS = 150;

    /** The server may tell of a sound so long after its end. */
    private static final int MEMORY_MS = 1_000;

    private static final int FRAME_MS = 10;

    private final int frame;
    private double floor = QUIETEST;
    private double squares;
    private int count;
    private int gapMs = LONGEST_GAP_MS;
    private volatile int activeMs;
    private volatile int soundingMs;

    ActivityMeter(int sampleRate) {
        this.frame = sampleRate * FRAME_MS / 1_000;
    }

    void add(short[] samples, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            squares += (double) samples[i] * samples[i];
            if (++count == frame) {
                frame(Math.sqrt(squares / frame));
                squares = 0;
                count = 0;
            }
        }
    }

    private void frame(double rms) {
        boolean active = rms > Math.max(QUIETEST, floor * ABOVE_FLOOR);
        if (rms > 0) {
            // Digital silence is a switch, and says nothing of the room.
            floor = Math.max(1, Math.min(rms, floor * RISE));
        }
        int run = activeMs;
        if (active) {
            run = gapMs >= LONGEST_GAP_MS ? FRAME_MS : run + FRAME_MS;
            gapMs = 0;
        } else {
            gapMs += FRAME_MS;
        }
        activeMs = gapMs < MEMORY_MS ? run : 0;
        soundingMs = gapMs < LONGEST_GAP_MS ? run : 0;
    }

    /** Milliseconds of sound in the newest run of it, which short gaps do not end; 0 if that was long ago. */
    int activeMs() {
        return activeMs;
    }

    /** The same while the run goes on; 0 when it is over. */
    int soundingMs() {
        return soundingMs;
    }
}
