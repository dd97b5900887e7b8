package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.server.respond.SpeechHeard;

/** Writes down what a user said. Called on a worker thread; may block. */
@FunctionalInterface
public interface Transcriber {
    /**
     * @param audio one committed turn
     * @param format of the audio
     * @return the words
     */
    String transcribe(AudioBytes audio, AudioFormat format);

    /**
     * What is understood of a turn that goes on: the first words of what {@link #transcribe} will return; empty to wait
     * for the end. Asked each half second, for {@code gpt-realtime-whisper} only.
     *
     * @param audio the turn until now
     */
    default String soFar(AudioBytes audio, AudioFormat format) {
        return "";
    }

    /** Understands no words and says so: "(2.4 seconds of speech)". */
    static Transcriber secondsHeard() {
        return (audio, format) -> SpeechHeard.transcript(format.millisOf(audio.size()));
    }
}
