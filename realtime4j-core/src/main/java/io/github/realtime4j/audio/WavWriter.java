package io.github.realtime4j.audio;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a WAV file while its audio is being made: 16-bit PCM or G.711, any number of channels interleaved. In a file the
 * lengths in the header become right on {@link #close()}; in a stream they stay "unknown" (all ones), which players and
 * {@link WavReader} read until the end. What was written is on its way to the file when a method returns: a program that
 * dies leaves a file that can be read, and a thread that is interrupted goes on writing. Confined to one thread.
 */
public final class WavWriter implements Closeable {
    static final int HEADER_SIZE = 44;

    private static final long UNKNOWN = 0xFFFF_FFFFL;
    private static final long MOST_BYTES = UNKNOWN - HEADER_SIZE - 1;

    private final OutputStream out;
    private final WavEncoding encoding;
    private final int channels;
    private final int sampleRate;

    /** Null for a stream, which cannot be patched. */
    private final @Nullable RandomAccessFile file;

    private long written;
    private boolean closed;

    private WavWriter(
            OutputStream out, @Nullable RandomAccessFile file, WavEncoding encoding, int channels, int sampleRate)
            throws IOException {
        if (channels < 1 || channels > 64) {
            throw new IllegalArgumentException("Expected 1 to 64 channels but got " + channels);
        }
        if (sampleRate < 1) {
            throw new IllegalArgumentException("Expected at least 1 sample per second but got " + sampleRate);
        }
        this.out = out;
        this.file = file;
        this.encoding = encoding;
        this.channels = channels;
        this.sampleRate = sampleRate;
        ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_SIZE);
        writeHeader(header, encoding, channels, sampleRate, UNKNOWN);
        header.writeTo(out);
    }

    /** 16-bit PCM; an existing file is replaced. */
    public static WavWriter create(Path file, int sampleRate, int channels) throws IOException {
        return create(file, WavEncoding.PCM_16, channels, sampleRate);
    }

    /** What the wire carries in this format: mono; an existing file is replaced. */
    public static WavWriter create(Path file, AudioFormat format) throws IOException {
        G711 law = AudioDecoder.law(format);
        return law == null ? create(file, format.sampleRate(), 1) : create(file, law);
    }

    /** G.711 at 8,000 samples per second, mono; an existing file is replaced. */
    public static WavWriter create(Path file, G711 law) throws IOException {
        return create(file, WavEncoding.of(law), 1, 8_000);
    }

    private static WavWriter create(Path path, WavEncoding encoding, int channels, int sampleRate) throws IOException {
        Files.write(path, new byte[0]);
        // Not a channel, which the interruption of a thread that writes would close.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new WavWriter(new FileOutputStream(file.getFD()), file, encoding, channels, sampleRate);
    }

    /** 16-bit PCM of unknown length. Closing the writer closes the stream. */
    public static WavWriter stream(OutputStream out, int sampleRate, int channels) throws IOException {
        return new WavWriter(out, null, WavEncoding.PCM_16, channels, sampleRate);
    }

    /**
     * @param interleaved one sample of every channel after the other
     * @throws IllegalArgumentException if these are not whole frames
     */
    public void write(short[] interleaved) throws IOException {
        if (interleaved.length % channels != 0) {
            throw new IllegalArgumentException(
                    "Expected samples for " + channels + " channels but got " + interleaved.length);
        }
        if (encoding == WavEncoding.PCM_16) {
            writeBytes(Pcm16.toBytes(interleaved));
        } else {
            G711 law = encoding == WavEncoding.MU_LAW ? G711.MU_LAW : G711.A_LAW;
            writeBytes(law.encode(interleaved));
        }
    }

    /** Two channels; the shorter one is continued with silence. */
    public void write(short[] left, short[] right) throws IOException {
        short[] interleaved = new short[2 * Math.max(left.length, right.length)];
        for (int i = 0; i < left.length; i++) {
            interleaved[2 * i] = left[i];
        }
        for (int i = 0; i < right.length; i++) {
            interleaved[2 * i + 1] = right[i];
        }
        write(interleaved);
    }

    /**
     * Bytes that are already encoded as this file is, for instance G.711 from the wire.
     *
     * @throws IOException also if the file would exceed the four gigabytes that its header can tell
     */
    public void write(AudioBytes encoded) throws IOException {
        writeBytes(encoded.shared());
    }

    private void writeBytes(byte[] bytes) throws IOException {
        if (file != null && written + bytes.length > MOST_BYTES) {
            throw new IOException("Expected at most " + MOST_BYTES + " bytes of audio in a WAV file");
        }
        out.write(bytes);
        written += bytes.length;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (file != null) {
                if (written % 2 == 1) {
                    out.write(0);
                }
                patch(file);
            }
        }
    }

    private void patch(RandomAccessFile target) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_SIZE);
        writeHeader(header, encoding, channels, sampleRate, written);
        target.seek(0);
        target.write(header.toByteArray());
    }

    static void writeHeader(
            ByteArrayOutputStream out, WavEncoding encoding, int channels, int sampleRate, long length) {
        int frameSize = channels * encoding.bytesPerSample;
        long riffSize = length == UNKNOWN ? UNKNOWN : HEADER_SIZE - 8 + length + length % 2;
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {'R', 'I', 'F', 'F'}).putInt((int) riffSize);
        header.put(new byte[] {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '}).putInt(16);
        header.putShort((short) encoding.tag).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * frameSize);
        header.putShort((short) frameSize).putShort((short) (8 * encoding.bytesPerSample));
        header.put(new byte[] {'d', 'a', 't', 'a'}).putInt((int) length);
        out.writeBytes(header.array());
    }
}
