package io.github.realtime4j.cli.demo;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.Pace;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import io.github.realtime4j.voice.AudioSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/** A user with a synthesised voice, who is silent until told to speak. Safe for use by any thread. */
public final class ScriptedUser implements AudioSource {
    public static final int RATE = 24_000;

    private final Pace pace;

    // All guarded by this.
    private short[] line = {};
    private int from;
    private boolean gone;

    public ScriptedUser(ConversationClock clock) {
        this.pace = new Pace(clock, RATE);
    }

    /** A line as a voice says it, at {@link #RATE}. */
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
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int read(short[] samples, int offset, int length) throws IOException {
        int count = next(samples, offset, length);
        if (count > 0) {
            pace.await(count);
        }
        return count;
    }

    private synchronized int next(short[] samples, int offset, int length) {
        if (gone) {
            return -1;
        }
        int words = Math.min(length, line.length - from);
        System.arraycopy(line, from, samples, offset, words);
        Arrays.fill(samples, offset + words, offset + length, (short) 0);
        from += words;
        return length;
    }

    @Override
    public synchronized void close() {
        gone = true;
    }
}
