package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears what a script says: each turn takes the next line, and when none is left a fallback listens. */
public final class ScriptedTranscriber implements Transcriber {
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
}
