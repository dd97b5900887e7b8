package io.github.realtime4j.peers;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.Utterance;
import java.util.Iterator;

/** Sound for clients to send: 24 kHz PCM. */
final class Voice {
    private Voice() {}

    static byte[] speech(String text) {
        short[] samples = new short[24 * 200];
        Iterator<SpeechChunk> chunks = FreeTtsSynthesizer.shared().speak(new Utterance(text, "alloy", 1));
        while (chunks.hasNext()) {
            samples = Pcm16.concat(samples, chunks.next().samples());
        }
        return Pcm16.toBytes(samples);
    }

    static byte[] silence(int millis) {
        return new byte[millis * 48];
    }
}
