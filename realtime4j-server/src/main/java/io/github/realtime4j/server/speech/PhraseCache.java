package io.github.realtime4j.server.speech;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The phrases spoken last, up to a number of bytes of audio. Thread safe. */
final class PhraseCache {
    private static final int BYTES_PER_CHUNK = 200;

    private final long mostBytes;
    private final Map<Utterance, List<SpeechChunk>> phrases = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    PhraseCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized @Nullable List<SpeechChunk> get(Utterance phrase) {
        return phrases.get(phrase);
    }

    synchronized void put(Utterance phrase, List<SpeechChunk> chunks) {
        long size = size(phrase, chunks);
        if (size > mostBytes / 4 || phrases.putIfAbsent(phrase, chunks) != null) {
            return;
        }
        bytes += size;
        var eldest = phrases.entrySet().iterator();
        while (bytes > mostBytes) {
            Map.Entry<Utterance, List<SpeechChunk>> gone = eldest.next();
            bytes -= size(gone.getKey(), gone.getValue());
            eldest.remove();
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    private static long size(Utterance phrase, List<SpeechChunk> chunks) {
        long size = 4L * phrase.text().length();
        for (SpeechChunk chunk : chunks) {
            size += chunk.audio().size() + BYTES_PER_CHUNK;
        }
        return size;
    }
}
