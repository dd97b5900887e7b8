package io.github.realtime4j.cli;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.util.Iterator;

/** Somebody saying something, in a WAV file of 16 kHz that ends with the last sound. */
final class SpokenFile {
    private static final int RATE = 16_000;
    private static final int PAUSE = 24_000;
    private static final SpeechSynthesizer VOICE = new ToneSynthesizer();

    private SpokenFile() {}

    /** Each line after a second of silence. */
    static byte[] of(String... lines) {
        short[] speech = {};
        for (String line : lines) {
            speech = Pcm16.concat(speech, new short[PAUSE]);
            Iterator<SpeechChunk> chunks = VOICE.speak(new Utterance(line, "cedar", 1));
            while (chunks.hasNext()) {
                speech = Pcm16.concat(speech, chunks.next().samples());
            }
        }
        return Wav.bytes(Resampler.convert(speech, 24_000, RATE), RATE);
    }
}
