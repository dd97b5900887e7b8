package io.github.realtime4j.server.speech;

/**
 * What is to be spoken.
 *
 * @param text any text; what a voice cannot pronounce becomes a pause
 * @param voice the session's {@code audio.output.voice}; an unknown name gets some voice, always the same
 * @param speed the session's {@code audio.output.speed}, 0.25 to 1.5; 1 is normal, 0.5 takes twice as long
 */
public record Utterance(String text, String voice, double speed) {
    /**
     * @throws IllegalArgumentException if the speed is out of range
     */
    public Utterance {
        if (!(speed >= 0.25 && speed <= 1.5)) {
            throw new IllegalArgumentException("Expected a speed of 0.25 to 1.5 but got " + speed);
        }
    }
}
