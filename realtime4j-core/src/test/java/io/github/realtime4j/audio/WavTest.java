package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WavTest {
    private static final byte[] SUBFORMAT_TAIL = {
        0, 0, 0, 0, 16, 0, (byte) 128, 0, 0, (byte) 170, 0, 56, (byte) 155, 113
    };

    @TempDir
    private Path folder;

    @Test
    void aWrittenFileReadsBack() throws IOException {
        Path file = folder.resolve("stereo.wav");
        try (WavWriter writer = WavWriter.create(file, 24_000, 2)) {
            writer.write(new short[] {1, 2, 3}, new short[] {-1, -3});
            writer.write(new short[] {7, 9});
        }
        Wav wav = Wav.read(file);
        assertThat(wav.sampleRate()).isEqualTo(24_000);
        assertThat(wav.channels()).isEqualTo(2);
        assertThat(wav.length()).isEqualTo(4);
        assertThat(wav.channel(0)).containsExactly(1, 2, 3, 7);
        assertThat(wav.channel(1)).containsExactly(-1, -3, 0, 9);
        assertThat(wav.mono()).containsExactly(0, 0, 2, 8);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(4)).isEqualTo(bytes.capacity() - 8);
        assertThat(bytes.getInt(40)).isEqualTo(16);
        assertThat(bytes.getInt(28)).isEqualTo(96_000);
    }

    @Test
    void aFileThatWasNeverClosedCanBeRead() throws IOException {
        Path file = folder.resolve("open.wav");
        WavWriter writer = WavWriter.create(file, 24_000, 1);
        writer.write(new short[] {5, 6});
        assertThat(Wav.read(file).mono()).containsExactly(5, 6);
        writer.close();
        writer.close();
        assertThat(Wav.read(file).mono()).containsExactly(5, 6);
    }

    @Test
    void anInterruptedThreadWritesAWholeFile() throws IOException {
        Path file = folder.resolve("interrupted.wav");
        WavWriter writer = WavWriter.create(file, 24_000, 1);
        Thread.currentThread().interrupt();
        try {
            writer.write(new short[] {5, 6});
            writer.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Wav.read(file).mono()).containsExactly(5, 6);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(file))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(40))
                .isEqualTo(4);
    }

    @Test
    void aRateIsAtLeastOne() {
        assertThatThrownBy(() -> WavWriter.create(folder.resolve("none.wav"), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected at least 1 sample per second but got 0");
    }

    @Test
    void audioGoesToTheWireAndBackWithoutKnowingRates() throws IOException {
        Wav wav = Wav.parse(Wav.bytes(new short[] {0, 1_000, -1_000, 32_000}, 8_000));
        for (AudioFormat format : List.of(new AudioFormat("audio/pcm", 8_000), AudioFormat.PCMU, AudioFormat.PCMA)) {
            Path file = folder.resolve("wire.wav");
            try (WavWriter writer = WavWriter.create(file, format)) {
                writer.write(wav.encode(format));
            }
            assertThat(Wav.read(file).sampleRate()).isEqualTo(8_000);
            assertThat(Wav.read(file).mono()).isEqualTo(new AudioDecoder(format, 8_000).decode(wav.encode(format)));
        }
        assertThat(wav.encode(AudioFormat.PCM16_24KHZ).size()).isEqualTo(4 * 3 * 2);
    }

    @Test
    void g711PayloadIsWrittenAsItIs() throws IOException {
        for (G711 law : G711.values()) {
            Path file = folder.resolve(law + ".wav");
            try (WavWriter writer = WavWriter.create(file, law)) {
                writer.write(law.encodeToBytes(new short[] {0, 1_000}));
                writer.write(new short[] {-1_000});
            }
            short[] expected = law.decode(law.encode(new short[] {0, 1_000, -1_000}));
            assertThat(Wav.read(file).mono()).isEqualTo(expected);
            assertThat(Files.size(file)).isEqualTo(48);
        }
    }

    @Test
    void aStreamKeepsAnUnknownLengthAndReadsBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WavWriter writer = WavWriter.stream(out, 16_000, 1)) {
            writer.write(new short[] {4, 5, 6});
        }
        assertThat(Wav.parse(out.toByteArray()).mono()).containsExactly(4, 5, 6);
    }

    @Test
    void readsEveryEncoding() throws IOException {
        assertThat(samples(1, 8, bytes(0, 128, 255))).containsExactly(-32_768, 0, 32_512);
        assertThat(samples(1, 16, bytes(0x34, 0x12, 0xFF, 0xFF))).containsExactly(0x1234, -1);
        assertThat(samples(1, 24, bytes(0x99, 0x34, 0x12, 0, 0, 0x80))).containsExactly(0x1234, -32_768);
        assertThat(samples(1, 32, bytes(0x99, 0x99, 0x34, 0x12))).containsExactly(0x1234);
        ByteBuffer floats = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(0.5f).putFloat(-2f).putFloat(Float.NaN).putFloat(Float.POSITIVE_INFINITY);
        assertThat(samples(3, 32, floats.array())).containsExactly(16_384, -32_768, 0, 32_767);
        ByteBuffer doubles =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(-0.25);
        assertThat(samples(3, 64, doubles.array())).containsExactly(-8_192);
        assertThat(samples(7, 8, bytes(0x80, 0xFF))).containsExactly(32_124, 0);
        assertThat(samples(6, 8, bytes(0x55, 0xD5))).containsExactly(-8, 8);
    }

    private static short[] samples(int tag, int bits, byte[] audio) throws IOException {
        return Wav.parse(file(format(tag, 1, 8_000, bits), audio, audio.length)).mono();
    }

    @Test
    void readsExtensibleHeadersAndSkipsOtherChunks() throws IOException {
        ByteBuffer extensible = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        extensible
                .put(format(0xFFFE, 2, 48_000, 16))
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(3);
        extensible.putShort((short) 1).put(SUBFORMAT_TAIL);
        byte[] file = riff(
                chunk("LIST", new byte[5], 5),
                new byte[1],
                chunk("fmt ", extensible.array(), 40),
                chunk("fact", new byte[4], 4),
                chunk("data", bytes(1, 0, 3, 0), 4),
                chunk("bext", new byte[2], 2));
        Wav wav = Wav.parse(file);
        assertThat(wav.sampleRate()).isEqualTo(48_000);
        assertThat(wav.channel(0)).containsExactly(1);
        assertThat(wav.mono()).containsExactly(2);
    }

    @Test
    void lengthsOfFilesWrittenToAPipeAreNotBelieved() throws IOException {
        for (long length : new long[] {0, 0xFFFF_FFFFL, 0x7FFF_F000L, 0x7FFF_FFFFL}) {
            byte[] file = file(format(1, 1, 8_000, 16), bytes(1, 0, 2, 0, 3), (int) length);
            for (int riff : new int[] {0, -1, (int) length, 36}) {
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, riff);
                assertThat(Wav.parse(file).mono()).containsExactly(1, 2);
            }
        }
    }

    @Test
    void anEmptyFileWithALaterChunkIsEmpty() throws IOException {
        byte[] file = riff(
                chunk("fmt ", format(1, 1, 8_000, 16), 16),
                chunk("data", new byte[0], 0),
                chunk("LIST", new byte[8], 8));
        assertThat(Wav.parse(file).mono()).isEmpty();
    }

    @Test
    void readsInPieces() throws IOException {
        byte[] file = file(format(1, 2, 8_000, 16), bytes(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0), 12);
        try (WavReader reader = WavReader.open(new ByteArrayInputStream(file))) {
            assertThat(reader.read(2)).containsExactly(1, 2, 3, 4);
            assertThat(reader.readMono(2)).containsExactly(6);
            assertThat(reader.read(2)).isEmpty();
        }
    }

    @Test
    void resamplesOnWish() throws IOException {
        assertThat(Wav.parse(Wav.bytes(new short[160], 16_000)).mono(24_000)).hasSize(240);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        byte[] good = file(format(1, 1, 8_000, 16), new byte[4], 4);
        assertMalformed(new byte[0], "Expected \"RIFF\" but the file ends at byte 0");
        assertMalformed(
                "ID3 is not a wave".getBytes(StandardCharsets.US_ASCII),
                "Expected \"RIFF\" but found \"ID3 \" at byte 0");
        assertMalformed(Arrays.copyOf(good, 20), "Expected the format but the file ends at byte 20");
        assertMalformed(Arrays.copyOf(good, 36), "Expected a chunk \"data\" but the file ends at byte 36");
        assertMalformed(Arrays.copyOf(good, 46), "Expected 4 bytes of audio but the file ends after 2 at byte 46");
        assertMalformed(
                riff(chunk("data", new byte[2], 2)), "Expected a chunk \"fmt \" but found the audio at byte 12");
        assertMalformed(
                riff(chunk("fmt ", new byte[4], 4)), "Expected a format of 16 to 65,535 bytes but it has 4 at byte 16");
        assertMalformed(
                riff(chunk("LIST", new byte[4], 1_000)),
                "Expected 996 more bytes of chunk \"LIST\" but the file ends at byte 24");
        assertMalformed(
                file(format(85, 1, 8_000, 0), new byte[2], 2),
                "Expected PCM of 8, 16, 24 or 32 bits, float of 32 or 64, or G.711 but found format 85 with 0 bits"
                        + " at byte 20");
        assertMalformed(
                file(format(1, 0, 8_000, 16), new byte[2], 2), "Expected 1 to 64 channels but found 0 at byte 22");
        assertMalformed(
                file(format(1, 1, 0, 16), new byte[2], 2),
                "Expected 1,000 to 768,000 samples per second but found 0 at byte 24");
        byte[] wrongFrame = format(1, 2, 8_000, 16);
        wrongFrame[12] = 2;
        assertMalformed(file(wrongFrame, new byte[2], 2), "Expected frames of 4 bytes but found 2 at byte 32");
        assertMalformed(
                file(format(0xFFFE, 1, 8_000, 16), new byte[2], 2),
                "Expected an extensible format of 40 bytes but it has 16 at byte 16");
    }

    @Test
    void randomDamageNeverGivesAnythingButAWavOrAMalformedWavException() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] file = file(format(1, 1, 8_000, 16), new byte[40], 40);
            for (int i = 0; i <= random.nextInt(4); i++) {
                file[random.nextInt(44)] = (byte) random.nextInt();
            }
            try {
                assertThat(Wav.parse(file).length()).isLessThanOrEqualTo(40);
            } catch (MalformedWavException expected) {
                assertThat(expected).hasMessageContaining("Expected");
            }
        }
    }

    private static void assertMalformed(byte[] file, String message) {
        assertThatThrownBy(() -> Wav.parse(file))
                .isInstanceOf(MalformedWavException.class)
                .hasMessage(message);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] format(int tag, int channels, int rate, int bits) {
        int frame = channels * bits / 8;
        ByteBuffer format = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) tag).putShort((short) channels).putInt(rate).putInt(rate * frame);
        return format.putShort((short) frame).putShort((short) bits).array();
    }

    private static byte[] file(byte[] format, byte[] audio, int length) {
        return riff(chunk("fmt ", format, format.length), chunk("data", audio, length));
    }

    private static byte[] chunk(String id, byte[] content, int size) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put(content)
                .array();
    }

    private static byte[] riff(byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        return chunk("RIFF", body.toByteArray(), body.size());
    }
}
