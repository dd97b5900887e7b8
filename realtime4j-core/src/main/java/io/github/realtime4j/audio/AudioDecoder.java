package io.github.realtime4j.audio;

import org.jspecify.annotations.Nullable;

/**
 * Turns the wire's bytes of one {@link AudioFormat} into samples at a chosen rate. Stateful: the bytes may be cut
 * anywhere, also within a sample. Confined to one thread.
 */
public final class AudioDecoder {
    private final @Nullable G711 law;
    private final Pcm16.Carry carry = new Pcm16.Carry();

    /** Null if both rates are the same. */
    private final @Nullable Resampler resampler;

    /**
     * @param sampleRate of the samples that come out, per second
     * @throws IllegalArgumentException if the format is not PCM or G.711
     */
    public AudioDecoder(AudioFormat format, int sampleRate) {
        this.law = law(format);
        this.resampler = format.sampleRate() == sampleRate ? null : new Resampler(format.sampleRate(), sampleRate);
    }

    /** Null for PCM. */
    static @Nullable G711 law(AudioFormat format) {
        return switch (format.type()) {
            case "audio/pcm" -> null;
            case "audio/pcmu" -> G711.MU_LAW;
            case "audio/pcma" -> G711.A_LAW;
            default ->
                throw new IllegalArgumentException(
                        "Expected audio/pcm, audio/pcmu or audio/pcma but got " + format.type());
        };
    }

    public short[] decode(AudioBytes bytes) {
        short[] samples = law == null ? carry.toSamples(bytes) : law.decode(bytes);
        return resampler == null ? samples : resampler.resample(samples);
    }

    /** What is still on its way through the filter. Half a sample is dropped; afterwards the decoder is as new. */
    public short[] flush() {
        carry.reset();
        return resampler == null ? new short[0] : resampler.flush();
    }
}
