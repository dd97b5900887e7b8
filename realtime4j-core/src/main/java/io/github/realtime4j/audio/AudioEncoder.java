package io.github.realtime4j.audio;

import org.jspecify.annotations.Nullable;

/**
 * Turns samples at a given rate into the wire's bytes of one {@link AudioFormat}. Stateful: the samples may be cut
 * anywhere. Confined to one thread.
 */
public final class AudioEncoder {
    private final @Nullable G711 law;

    /** Null if both rates are the same. */
    private final @Nullable Resampler resampler;

    /**
     * @param sampleRate of the samples that go in, per second
     * @throws IllegalArgumentException if the format is not PCM or G.711
     */
    public AudioEncoder(AudioFormat format, int sampleRate) {
        this.law = AudioDecoder.law(format);
        this.resampler = format.sampleRate() == sampleRate ? null : new Resampler(sampleRate, format.sampleRate());
    }

    public AudioBytes encode(short[] samples) {
        return bytes(resampler == null ? samples : resampler.resample(samples));
    }

    /** What is still on its way through the filter. Afterwards the encoder is as new. */
    public AudioBytes flush() {
        return resampler == null ? AudioBytes.EMPTY : bytes(resampler.flush());
    }

    private AudioBytes bytes(short[] samples) {
        return law == null ? Pcm16.toAudioBytes(samples) : law.encodeToBytes(samples);
    }
}
