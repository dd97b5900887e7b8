package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Pcm16Test {
    @Test
    void bytesAreLittleEndian() {
        short[] samples = {0x1234, -2, Short.MIN_VALUE};
        byte[] bytes = {0x34, 0x12, (byte) 0xFE, (byte) 0xFF, 0, (byte) 0x80};
        assertThat(Pcm16.toBytes(samples)).isEqualTo(bytes);
        assertThat(Pcm16.toSamples(bytes)).isEqualTo(samples);
        assertThat(Pcm16.toSamples(Pcm16.toAudioBytes(samples))).isEqualTo(samples);
    }

    @Test
    void halfASampleIsRefusedWhereItCannotBeCarried() {
        assertThatThrownBy(() -> Pcm16.toSamples(new byte[3]))
                .hasMessage("Expected whole 16-bit samples but got 3 bytes");
    }

    @Test
    void carryJoinsSamplesCutAnywhere() {
        Random random = new Random(7);
        short[] samples = new short[1_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) random.nextInt();
        }
        byte[] bytes = Pcm16.toBytes(samples);
        Pcm16.Carry carry = new Pcm16.Carry();
        short[] joined = {};
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(random.nextInt(6), bytes.length - at);
            joined = Pcm16.concat(joined, carry.toSamples(AudioBytes.copyOf(bytes, at, length)));
            at += length;
        }
        assertThat(joined).isEqualTo(samples);
        assertThat(carry.isPending()).isFalse();
    }

    @Test
    void gainAndMixClipInsteadOfWrapping() {
        assertThat(Pcm16.gain(new short[] {100, -101, 20_000, -20_000}, 2.5))
                .isEqualTo(new short[] {250, -252, 32_767, -32_768});
        assertThat(Pcm16.mix(new short[] {30_000, -30_000, 5}, new short[] {30_000, -30_000}))
                .isEqualTo(new short[] {32_767, -32_768, 5});
    }

    @Test
    void measuresPeakAndRms() {
        short[] square = new short[100];
        Arrays.fill(square, (short) -16_384);
        assertThat(Pcm16.peak(square)).isEqualTo(16_384);
        assertThat(Pcm16.rms(square)).isEqualTo(16_384);
        assertThat(Pcm16.level(square)).isCloseTo(-6.02, within(0.01));
        assertThat(Pcm16.peak(new short[] {Short.MIN_VALUE})).isEqualTo(32_768);
        assertThat(Pcm16.rms(new short[0])).isZero();
        assertThat(Pcm16.level(new short[10])).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
