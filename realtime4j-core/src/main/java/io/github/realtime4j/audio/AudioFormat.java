package io.github.realtime4j.audio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How audio is encoded on the wire: always mono.
 *
 * @param type {@code audio/pcm} (signed 16-bit little-endian), {@code audio/pcmu} or {@code audio/pcma} (G.711)
 * @param rate samples per second of PCM; null for G.711, which is always 8,000
 */
public record AudioFormat(String type, @Nullable Integer rate) {
    public static final AudioFormat PCM16_24KHZ = new AudioFormat("audio/pcm", 24_000);
    public static final AudioFormat PCMU = new AudioFormat("audio/pcmu", null);
    public static final AudioFormat PCMA = new AudioFormat("audio/pcma", null);

    public boolean isPcm() {
        return type.equals("audio/pcm");
    }

    /** Samples per second. */
    public int sampleRate() {
        return isPcm() ? (rate == null ? 24_000 : rate) : 8_000;
    }

    public int bytesPerSample() {
        return isPcm() ? 2 : 1;
    }

    public int bytesPerSecond() {
        return sampleRate() * bytesPerSample();
    }

    /** How long this many bytes play. */
    public Duration durationOf(long bytes) {
        return Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond());
    }

    /** Whole milliseconds that this many bytes play, rounded down. */
    public long millisOf(long bytes) {
        return bytes * 1_000 / bytesPerSecond();
    }

    /** Bytes that play this long, whole samples only. */
    public long bytesIn(Duration duration) {
        long samples = duration.toNanos() / 1_000 * sampleRate() / 1_000_000;
        return samples * bytesPerSample();
    }
}
