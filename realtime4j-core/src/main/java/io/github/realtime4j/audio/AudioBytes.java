package io.github.realtime4j.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * An immutable run of encoded audio, as it travels in one event. What the bytes mean is the session's {@link
 * AudioFormat}; PCM is signed 16-bit little-endian mono.
 */
public final class AudioBytes {
    public static final AudioBytes EMPTY = new AudioBytes(new byte[0]);

    private final byte[] bytes;

    private AudioBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static AudioBytes copyOf(byte[] bytes) {
        return new AudioBytes(bytes.clone());
    }

    public static AudioBytes copyOf(byte[] bytes, int offset, int length) {
        return new AudioBytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Takes the array itself: the caller must not change it afterwards. */
    public static AudioBytes wrap(byte[] bytes) {
        return new AudioBytes(bytes);
    }

    /**
     * @throws IllegalArgumentException if the text is not standard Base64
     */
    public static AudioBytes fromBase64(String base64) {
        return new AudioBytes(Base64.getDecoder().decode(base64));
    }

    /** Length in bytes. */
    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The bytes themselves, for this package only: read, never written, never handed out. */
    byte[] shared() {
        return bytes;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** A read-only view that shares the bytes. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    public AudioBytes slice(int offset, int length) {
        return copyOf(bytes, offset, length);
    }

    /** Base64 in ASCII, padded: a fresh array. */
    public byte[] toBase64() {
        return Base64.getEncoder().encode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "AudioBytes[" + bytes.length + " bytes]";
    }
}
