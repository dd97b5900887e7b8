package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8Test {
    private static final CharsetDecoder JDK = StandardCharsets.UTF_8.newDecoder();

    @Test
    void agreesWithTheJdkOnEveryPairOfBytesWithTheBoundariesBehindIt() {
        byte[] boundaries = {0, 0x7f, (byte) 0x80, (byte) 0xbf, (byte) 0xc0};
        for (int pair = 0; pair < 1 << 16; pair++) {
            for (byte third : boundaries) {
                check(new byte[] {(byte) (pair >> 8), (byte) pair, third}, 0, 3);
            }
            for (byte fourth : pair >= 0xe000 ? boundaries : new byte[0]) {
                check(new byte[] {(byte) (pair >> 8), (byte) pair, (byte) 0x80, fourth}, 0, 4);
            }
        }
    }

    @Test
    void agreesWithTheJdkOnLongTextWithNoise() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = ("plain ascii é€😀" + "x".repeat(random.nextInt(20)) + "ü\ud83d\ude00 end")
                    .getBytes(StandardCharsets.UTF_8);
            for (int noise = random.nextInt(3); noise > 0; noise--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int offset = random.nextInt(bytes.length);
            check(bytes, offset, random.nextInt(bytes.length - offset));
        }
    }

    private static void check(byte[] bytes, int offset, int length) {
        CoderResult result =
                JDK.reset().decode(ByteBuffer.wrap(bytes, offset, length), CharBuffer.allocate(length), true);
        boolean expected = !result.isError();
        if (Utf8.isValid(bytes, offset, length) != expected) {
            assertThat(java.util.Arrays.copyOfRange(bytes, offset, offset + length))
                    .as("valid: " + expected)
                    .isEmpty();
        }
    }
}
