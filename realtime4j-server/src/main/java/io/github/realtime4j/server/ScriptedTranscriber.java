package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hears what a script says: each turn takes the next line, and when none is left a fallback listens. While a turn goes on,
 * it hears two words of that line each second, which is right as long as one user speaks at a time.
 */
public final class ScriptedTranscriber implements Transcriber {
    private static final long MILLIS_PER_WORD = 500;

    private final Queue<String> transcripts = new ConcurrentLinkedQueue<>();
    private final Transcriber fallback;

    public ScriptedTranscriber() {
        this(Transcriber.secondsHeard());
    }

    public ScriptedTranscriber(Transcriber fallback) {
        this.fallback = fallback;
    }

    /** Adds a line. From any thread. */
    public ScriptedTranscriber enqueue(String transcript) {
        transcripts.add(transcript);
        return this;
    }

    @Override
    public String transcribe(AudioBytes audio, AudioFormat format) {
        String next = transcripts.poll();
        return next == null ? fallback.transcribe(audio, format) : next;
    }

    @Override
    public String soFar(AudioBytes audio, AudioFormat format) {
        String next = transcripts.peek();
        if (next == null) {
            return fallback.soFar(audio, format);
        }
        String[] words = next.strip().split("\\s+");
        long heard = Math.min(words.length, format.millisOf(audio.size()) / MILLIS_PER_WORD);
        return String.join(" ", Arrays.asList(words).subList(0, (int) heard));
    }
}
