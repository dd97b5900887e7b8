package io.github.realtime4j.cli.demo;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.cli.voice.Microphone;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.util.Arrays;
import java.util.Iterator;

/** A user with a synthesised voice, who is silent until told to speak. Safe for use by any thread. */
public final class ScriptedUser implements Microphone {
    private short[] line = {};
    private int from;

    /** Says a line as a voice would. */
    public static short[] spoken(SpeechSynthesizer synthesizer, String text, String voice) {
        short[] all = {};
        Iterator<SpeechChunk> chunks = synthesizer.speak(new Utterance(text, voice, 1));
        while (chunks.hasNext()) {
            all = Pcm16.concat(all, chunks.next().samples());
        }
        return all;
    }

    /** Says this from now on. */
    public synchronized void say(short[] samples) {
        line = samples;
        from = 0;
    }

    public synchronized boolean isSpeaking() {
        return from < line.length;
    }

    @Override
    public synchronized short[] next(int count) {
        short[] samples = Arrays.copyOfRange(line, from, from + Math.min(count, line.length - from));
        from += samples.length;
        return Arrays.copyOf(samples, count);
    }
}
