package io.github.realtime4j.voice;

import java.time.Duration;

/**
 * When the user's voice interrupts the assistant. With anything but {@link #IMMEDIATE} it is this side that decides what is a
 * turn, so the server is told neither to interrupt nor to answer by itself ({@code interrupt_response} and {@code
 * create_response} are false), and is asked for each answer.
 *
 * @param sustained how long the microphone must have heard sound before it counts; a turn with less is noise: it is deleted
 *     and not answered
 * @param holds whether the assistant is silent as soon as the server hears something, and goes on if it was nothing
 * @param anticipates whether the assistant is silent as soon as the microphone hears somebody, and goes on if the server
 *     does not
 */
public record Interruptions(Duration sustained, boolean holds, boolean anticipates) {
    /** At {@code speech_started}: what the server takes for speech interrupts. */
    public static final Interruptions IMMEDIATE = new Interruptions(Duration.ZERO, false, false);

    public Interruptions {
        if (sustained.isNegative()) {
            throw new IllegalArgumentException("Expected a duration of at least 0 but got " + sustained);
        }
    }

    /** The assistant speaks on until the user has spoken for this long; a cough of 60 ms never interrupts. */
    public static Interruptions sustained(Duration sustained) {
        return new Interruptions(sustained, false, false);
    }

    /**
     * The assistant is silent at {@code speech_started}, and goes on where it stopped when the turn turns out empty: shorter
     * than 200 ms, or, with transcription switched on, without a word. With transcription the answer waits for the words,
     * in turns that interrupt only.
     */
    public static Interruptions recoverable() {
        return new Interruptions(Duration.ofMillis(200), true, false);
    }

    /**
     * The same, and faster by what the server's turn detection and the way to it take: the assistant is silent when the
     * microphone has heard sound for 70 ms, and goes on where it stopped if the server hears no speech within 700 ms of its
     * end, and within 2 s. For headphones and cancelled echo: a microphone that hears the speaker would silence it.
     */
    public Interruptions anticipating() {
        return new Interruptions(sustained, holds, true);
    }

    /** Whether the server's turns are the turns. */
    boolean isImmediate() {
        return sustained.isZero() && !holds;
    }
}
