package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller hears, as 24 kHz PCM; the latest of it. Confined to the session's loop. */
final class Earpiece {
    private static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;

    private final int maxBytes;
    private final AudioWindow sound = new AudioWindow();
    private @Nullable AudioFormat format;
    private @Nullable AudioDecoder decoder;

    /** @param maxBytes of what is kept */
    Earpiece(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(AudioBytes audio, AudioFormat given) {
        AudioDecoder current = decoder;
        if (current == null || !given.equals(format)) {
            current = new AudioDecoder(given, FORMAT.sampleRate());
            decoder = current;
            format = given;
        }
        sound.append(Pcm16.toAudioBytes(current.decode(audio)));
        sound.dropBefore(sound.end() - maxBytes);
    }

    /** @param unplayed at the end, which nobody has heard yet */
    AudioBytes heard(Duration unplayed) {
        return sound.slice(sound.start(), played(unplayed));
    }

    /** @param unplayed at the end, which nobody will hear */
    void cut(Duration unplayed) {
        sound.dropAfter(played(unplayed));
    }

    private long played(Duration unplayed) {
        return Math.max(sound.start(), sound.end() - FORMAT.bytesIn(unplayed));
    }
}
