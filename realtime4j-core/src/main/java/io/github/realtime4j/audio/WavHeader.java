package io.github.realtime4j.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a WAV file in front of its audio.
 *
 * @param length bytes of audio, or {@link #UNKNOWN} if the file goes on until it ends
 * @param start where the audio begins, in bytes
 */
record WavHeader(WavEncoding encoding, int channels, int sampleRate, long length, long start) {
    static final long UNKNOWN = -1;

    private static final int MOST_CHANNELS = 64;
    private static final int EXTENSIBLE = 0xFFFE;

    /** What follows the format tag in the sub-format of an extensible header. */
    private static final byte[] SUBFORMAT = {0, 0, 0, 0, 16, 0, (byte) 128, 0, 0, (byte) 170, 0, 56, (byte) 155, 113};

    /**
     * Programs that write to a pipe cannot know the length: they leave 0, all ones, or something near two gigabytes
     * (sox, espeak-ng).
     */
    private static final long SURELY_UNKNOWN = 0x7FFF_0000L;

    int frameSize() {
        return channels * encoding.bytesPerSample;
    }

    static WavHeader read(InputStream in) throws IOException {
        return new Parser(in).parse();
    }

    private static final class Parser {
        private final InputStream in;
        private long position;

        Parser(InputStream in) {
            this.in = in;
        }

        WavHeader parse() throws IOException {
            expectTag("RIFF");
            long riffSize = number(bytes(4, "the size of the file"), 0, 4);
            expectTag("WAVE");
            byte @Nullable [] format = null;
            long formatStart = 0;
            while (true) {
                String id = tag(bytes(4, format == null ? "a chunk \"fmt \"" : "a chunk \"data\""));
                long size = number(bytes(4, "the size of chunk \"" + id + "\""), 0, 4);
                if (id.equals("data")) {
                    if (format == null) {
                        throw new MalformedWavException("a chunk \"fmt \"", "found the audio", position - 8);
                    }
                    return header(format, formatStart, dataLength(size, riffSize));
                }
                if (id.equals("fmt ")) {
                    formatStart = position;
                    format = formatChunk(size);
                } else {
                    skip(size + size % 2, id);
                }
            }
        }

        /** A length of zero is believed only if the file goes on with another chunk. */
        private long dataLength(long size, long riffSize) {
            boolean emptyOnPurpose = riffSize > position - 8 && riffSize < SURELY_UNKNOWN;
            boolean unknown = size >= SURELY_UNKNOWN || (size == 0 && !emptyOnPurpose);
            return unknown ? UNKNOWN : size;
        }

        private byte[] formatChunk(long size) throws IOException {
            if (size < 16 || size > 0xFFFF) {
                throw new MalformedWavException("a format of 16 to 65,535 bytes", "it has " + size, position - 4);
            }
            byte[] format = bytes((int) size, "the format");
            if (size % 2 == 1) {
                skip(1, "fmt ");
            }
            return format;
        }

        private WavHeader header(byte[] format, long start, long length) throws IOException {
            int tag = (int) number(format, 0, 2);
            int channels = (int) number(format, 2, 2);
            long rate = number(format, 4, 4);
            int bits = (int) number(format, 14, 2);
            if (tag == EXTENSIBLE) {
                tag = subformat(format, start);
            }
            WavEncoding encoding = WavEncoding.of(tag, bits);
            if (encoding == null) {
                throw new MalformedWavException(
                        "PCM of 8, 16, 24 or 32 bits, float of 32 or 64, or G.711",
                        "found format " + tag + " with " + bits + " bits",
                        start);
            }
            if (channels < 1 || channels > MOST_CHANNELS) {
                throw new MalformedWavException("1 to " + MOST_CHANNELS + " channels", "found " + channels, start + 2);
            }
            if (rate < 1_000 || rate > 768_000) {
                throw new MalformedWavException("1,000 to 768,000 samples per second", "found " + rate, start + 4);
            }
            int frameSize = (int) number(format, 12, 2);
            if (frameSize != channels * encoding.bytesPerSample) {
                throw new MalformedWavException(
                        "frames of " + channels * encoding.bytesPerSample + " bytes", "found " + frameSize, start + 12);
            }
            return new WavHeader(encoding, channels, (int) rate, length, position);
        }

        private static int subformat(byte[] format, long start) throws MalformedWavException {
            if (format.length < 40) {
                throw new MalformedWavException(
                        "an extensible format of 40 bytes", "it has " + format.length, start - 4);
            }
            if (!Arrays.equals(format, 26, 40, SUBFORMAT, 0, SUBFORMAT.length)) {
                throw new MalformedWavException("a sub-format for audio samples", "found another", start + 24);
            }
            return (int) number(format, 24, 2);
        }

        private void expectTag(String expected) throws IOException {
            String found = tag(bytes(4, "\"" + expected + "\""));
            if (!found.equals(expected)) {
                throw new MalformedWavException("\"" + expected + "\"", "found \"" + found + "\"", position - 4);
            }
        }

        private byte[] bytes(int count, String what) throws IOException {
            byte[] bytes = in.readNBytes(count);
            position += bytes.length;
            if (bytes.length < count) {
                throw new MalformedWavException(what, "the file ends", position);
            }
            return bytes;
        }

        private void skip(long count, String id) throws IOException {
            long left = count;
            while (left > 0) {
                long skipped = in.skip(left);
                if (skipped <= 0) {
                    if (in.read() < 0) {
                        throw new MalformedWavException(
                                left + " more bytes of chunk \"" + id + "\"", "the file ends", position);
                    }
                    skipped = 1;
                }
                left -= skipped;
                position += skipped;
            }
        }

        /** Four characters, what is not printable shown as a question mark. */
        private static String tag(byte[] bytes) {
            StringBuilder tag = new StringBuilder();
            for (byte b : bytes) {
                tag.append(b >= ' ' && b < 127 ? (char) b : '?');
            }
            return tag.toString();
        }

        private static long number(byte[] bytes, int at, int count) {
            long number = 0;
            for (int i = count - 1; i >= 0; i--) {
                number = (number << 8) | (bytes[at + i] & 0xFF);
            }
            return number;
        }
    }
}
