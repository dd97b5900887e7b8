package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * The sound of one content part, and for speech of the model when each word ended. Grows while it is spoken. Confined to
 * the session's loop.
 */
final class ItemAudio {
    private final AudioFormat format;
    private final List<AudioBytes> pieces = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private long bytes;
    private boolean kept = true;

    ItemAudio(AudioFormat format) {
        this.format = format;
    }

    static ItemAudio of(AudioFormat format, AudioBytes audio) {
        ItemAudio whole = new ItemAudio(format);
        whole.append(audio);
        return whole;
    }

    AudioFormat format() {
        return format;
    }

    void append(AudioBytes audio) {
        bytes += audio.size();
        if (kept) {
            pieces.add(audio);
        }
    }

    /** The words up to this point take this much of the audio. */
    void word(String text, long endMs) {
        words.add(new Word(text, endMs));
    }

    long bytes() {
        return bytes;
    }

    long millis() {
        return format.millisOf(bytes);
    }

    /** What has been said after this many milliseconds. */
    String heard(long millis) {
        StringBuilder text = new StringBuilder();
        for (Word word : words) {
            if (word.endMs <= millis) {
                text.append(word.text);
            }
        }
        return text.toString();
    }

    /** Keeps the beginning. */
    void truncate(long millis) {
        long end = Math.min(
                bytes, millis * format.bytesPerSecond() / 1_000 / format.bytesPerSample() * format.bytesPerSample());
        AudioBytes all = toBytes();
        pieces.clear();
        bytes = end;
        if (kept) {
            pieces.add(all.slice(0, (int) end));
        }
    }

    /** Frees the memory; the length stays known. */
    void forget() {
        kept = false;
        pieces.clear();
    }

    boolean isKept() {
        return kept;
    }

    /** All of it; empty if it was forgotten. */
    AudioBytes toBytes() {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        byte[] all = new byte[kept ? (int) bytes : 0];
        int position = 0;
        for (AudioBytes piece : pieces) {
            piece.copyTo(all, position);
            position += piece.size();
        }
        return AudioBytes.wrap(all);
    }

    private record Word(String text, long endMs) {}
}
