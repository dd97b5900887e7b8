package io.github.realtime4j.server.vad;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;

/** What a microphone may pick up, at 24 kHz. */
final class Sounds {
    private static final int RATE = 24_000;
    private static final int BLOCK = RATE / 100;

    private Sounds() {}

    static short[] speech(String text, String voice) {
        return speech(FreeTtsSynthesizer.shared(), text, voice);
    }

    static short[] speech(SpeechSynthesizer synthesizer, String text, String voice) {
        short[] samples = {};
        Iterator<SpeechChunk> chunks = synthesizer.speak(new Utterance(text, voice, 1));
        while (chunks.hasNext()) {
            samples = Pcm16.concat(samples, chunks.next().samples());
        }
        return samples;
    }

    /** Speech without the silence around it. */
    static short[] trimmed(short[] speech) {
        int start = 0;
        int end = 0;
        for (int at = 0; at + BLOCK <= speech.length; at += BLOCK) {
            if (Pcm16.level(Arrays.copyOfRange(speech, at, at + BLOCK)) > -40) {
                start = end == 0 ? at : start;
                end = at + BLOCK;
            }
        }
        return Arrays.copyOfRange(speech, start, end);
    }

    static short[] silence(int millis) {
        return new short[millis * (RATE / 1_000)];
    }

    static short[] join(short[]... parts) {
        short[] joined = {};
        for (short[] part : parts) {
            joined = Pcm16.concat(joined, part);
        }
        return joined;
    }

    /** Gaussian, this many dBFS. */
    static short[] whiteNoise(int millis, double level) {
        Random random = new Random(42);
        short[] noise = silence(millis);
        double amplitude = 32_768 * Math.pow(10, level / 20);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Pcm16.clip(amplitude * random.nextGaussian());
        }
        return noise;
    }

    static short[] sine(int millis, double frequency, double amplitude) {
        short[] sine = silence(millis);
        for (int i = 0; i < sine.length; i++) {
            sine[i] = Pcm16.clip(amplitude * Math.sin(2 * Math.PI * frequency * i / RATE));
        }
        return sine;
    }
}
