package io.github.realtime4j.audio;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a WAV file as 16-bit samples, a piece at a time: PCM of 8, 16, 24 and 32 bits, float of 32 and 64 bits, mu-law
 * and A-law, plain or extensible headers, up to 64 channels. Chunks that are not audio are skipped. A file without a
 * known length (written to a pipe) is read until it ends. Confined to one thread.
 */
public final class WavReader implements Closeable {
    private final InputStream in;
    private final WavHeader header;

    /** Bytes of audio read so far, whole frames only. */
    private long read;

    private WavReader(InputStream in, WavHeader header) {
        this.in = in;
        this.header = header;
    }

    /**
     * @throws MalformedWavException if this is not a WAV file that can be read
     */
    public static WavReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return open(in);
        } catch (IOException failure) {
            in.close();
            throw failure;
        }
    }

    /**
     * Reads from where the stream is. Closing the reader closes the stream.
     *
     * @throws MalformedWavException if this is not a WAV file that can be read
     */
    public static WavReader open(InputStream in) throws IOException {
        return new WavReader(in, WavHeader.read(in));
    }

    /** Samples per second and channel. */
    public int sampleRate() {
        return header.sampleRate();
    }

    public int channels() {
        return header.channels();
    }

    /**
     * The next samples, one of every channel after the other.
     *
     * @param frames at most this many samples per channel
     * @return as many as there are, a multiple of {@link #channels()}; empty at the end
     * @throws MalformedWavException if the file ends before its header says so
     */
    public short[] read(int frames) throws IOException {
        int frameSize = header.frameSize();
        long left = header.length() == WavHeader.UNKNOWN ? Long.MAX_VALUE : header.length() - read;
        int wanted = (int) Math.min((long) frames * frameSize, Math.min(left, Integer.MAX_VALUE - 16));
        byte[] bytes = in.readNBytes(wanted - wanted % frameSize);
        read += bytes.length;
        if (bytes.length < wanted - wanted % frameSize && header.length() != WavHeader.UNKNOWN) {
            throw new MalformedWavException(
                    header.length() + " bytes of audio", "the file ends after " + read, header.start() + read);
        }
        short[] samples = new short[bytes.length / frameSize * header.channels()];
        int step = header.encoding().bytesPerSample;
        for (int i = 0; i < samples.length; i++) {
            samples[i] = header.encoding().sample(bytes, i * step);
        }
        return samples;
    }

    /** As {@link #read}, all channels mixed into one by their mean. */
    public short[] readMono(int frames) throws IOException {
        return Wav.mean(read(frames), header.channels());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
