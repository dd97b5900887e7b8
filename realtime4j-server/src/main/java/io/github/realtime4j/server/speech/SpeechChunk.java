package io.github.realtime4j.server.speech;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.Pcm16;

/**
 * A word or two and how they sound.
 *
 * @param text the piece of the transcript, with the white space in front of it
 * @param audio signed 16-bit little-endian mono at {@link SpeechSynthesizer#SAMPLE_RATE}; empty for a piece of text that
 *     takes no time
 */
public record SpeechChunk(String text, AudioBytes audio) {
    /** The audio as samples: a fresh array. */
    public short[] samples() {
        return Pcm16.toSamples(audio);
    }
}
