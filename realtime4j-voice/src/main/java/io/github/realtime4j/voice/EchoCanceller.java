package io.github.realtime4j.voice;

/**
 * Keeps the model from hearing itself: takes the speaker's sound out of what the microphone hears. The service does not do
 * this over a WebSocket. The speaker's method and the microphone's are called by two threads.
 */
public interface EchoCanceller {
    /** Changes nothing: for headphones, files and telephones, where there is no echo. */
    EchoCanceller NONE = (samples, offset, length, unheard) -> {};

    /** Called once, before anything else. */
    default void open(int microphoneRate, int speakerRate) {}

    /** These samples go to the speaker, to be heard after those that wait there. */
    default void speaker(short[] samples, int offset, int length) {}

    /** Somebody has pressed a key to speak, and the speaker has been silenced: what follows is no echo. Called by any thread. */
    default void interrupted() {}

    /**
     * Changes what the microphone has heard, in place.
     *
     * @param unheard samples, at the speaker's rate, that were given to {@link #speaker} and have not been heard yet: how far
     *     the two are apart; 0 if the speaker is silent
     */
    void microphone(short[] samples, int offset, int length, long unheard);
}
