package io.github.realtime4j.audio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A whole WAV file in memory, as 16-bit samples. Files that may be long are read with {@link WavReader} and written with
 * {@link WavWriter}.
 */
public final class Wav {
    private static final int PIECE = 1 << 15;

    private final int sampleRate;
    private final int channels;

    /** One sample of every channel after the other. */
    private final short[] interleaved;

    private Wav(int sampleRate, int channels, short[] interleaved) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.interleaved = interleaved;
    }

    /**
     * @throws MalformedWavException if this is not a WAV file that can be read
     */
    public static Wav read(Path file) throws IOException {
        try (WavReader reader = WavReader.open(file)) {
            return readAll(reader);
        }
    }

    /**
     * @throws MalformedWavException if this is not a WAV file that can be read
     */
    public static Wav parse(byte[] file) throws MalformedWavException {
        try (WavReader reader = WavReader.open(new ByteArrayInputStream(file))) {
            return readAll(reader);
        } catch (MalformedWavException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Wav readAll(WavReader reader) throws IOException {
        short[] all = new short[PIECE];
        int length = 0;
        for (short[] piece = reader.read(PIECE); piece.length > 0; piece = reader.read(PIECE)) {
            if (length + piece.length > all.length) {
                all = Arrays.copyOf(all, Math.max(length + piece.length, Math.multiplyExact(all.length, 2)));
            }
            System.arraycopy(piece, 0, all, length, piece.length);
            length += piece.length;
        }
        return new Wav(reader.sampleRate(), reader.channels(), Arrays.copyOf(all, length));
    }

    /** A file of 16-bit mono PCM. */
    public static byte[] bytes(short[] mono, int sampleRate) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(WavWriter.HEADER_SIZE + mono.length * 2);
        WavWriter.writeHeader(out, WavEncoding.PCM_16, 1, sampleRate, mono.length * 2L);
        out.writeBytes(Pcm16.toBytes(mono));
        return out.toByteArray();
    }

    /** Samples per second and channel. */
    public int sampleRate() {
        return sampleRate;
    }

    public int channels() {
        return channels;
    }

    /** Samples per channel. */
    public int length() {
        return interleaved.length / channels;
    }

    /** One channel alone, counted from 0. */
    public short[] channel(int channel) {
        if (channel < 0 || channel >= channels) {
            throw new IndexOutOfBoundsException("Expected a channel below " + channels + " but got " + channel);
        }
        short[] samples = new short[length()];
        for (int frame = 0; frame < samples.length; frame++) {
            samples[frame] = interleaved[frame * channels + channel];
        }
        return samples;
    }

    /** The mean of all channels. */
    public short[] mono() {
        return mean(interleaved, channels);
    }

    /** The mean of all channels, at another rate. */
    public short[] mono(int rate) {
        return Resampler.convert(mono(), sampleRate, rate);
    }

    /** The mean of all channels, as it travels on the wire. */
    public AudioBytes encode(AudioFormat format) {
        return new AudioEncoder(format, format.sampleRate()).encode(mono(format.sampleRate()));
    }

    static short[] mean(short[] interleaved, int channels) {
        if (channels == 1) {
            return interleaved.clone();
        }
        short[] mono = new short[interleaved.length / channels];
        for (int frame = 0; frame < mono.length; frame++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += interleaved[frame * channels + channel];
            }
            mono[frame] = (short) Math.floorDiv(2 * sum + channels, 2 * channels);
        }
        return mono;
    }
}
