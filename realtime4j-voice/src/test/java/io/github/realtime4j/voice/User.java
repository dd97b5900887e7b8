package io.github.realtime4j.voice;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.util.Iterator;

/** Somebody at a microphone who is silent until told to speak. */
final class User implements AudioSource {
    private final int sampleRate;
    private short[] line = {};
    private int from;
    private long read;

    User(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /** What a text sounds like: a hum for each word. */
    static short[] speech(String text, int sampleRate) {
        short[] all = {};
        Iterator<SpeechChunk> chunks = new ToneSynthesizer().speak(new Utterance(text, "cedar", 1));
        while (chunks.hasNext()) {
            all = Pcm16.concat(all, chunks.next().samples());
        }
        return Resampler.convert(all, SpeechSynthesizer.SAMPLE_RATE, sampleRate);
    }

    void say(String text) {
        say(speech(text, sampleRate));
    }

    void say(short[] samples) {
        line = samples;
        from = 0;
    }

    boolean isSpeaking() {
        return from < line.length;
    }

    /** Samples that have been asked for. */
    long read() {
        return read;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(short[] samples, int offset, int length) {
        for (int i = 0; i < length; i++) {
            samples[offset + i] = from < line.length ? line[from++] : 0;
        }
        read += length;
        return length;
    }

    @Override
    public void close() {}
}
