package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The reference is written from the decision values of G.711 tables 1a and 2a: counting intervals, no shifts. As in
 * G.191, the magnitude of a negative sample is its ones' complement.
 */
final class G711Test {
    @Test
    void muLawEncodesEverySampleByItsDecisionValues() {
        int[] decisions = decisionValues(1, 2, 15, 31);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int magnitude = (int) Math.floor((sample < 0 ? -sample - 1 : sample) / 4.0);
            int interval = Math.min(intervalOf(magnitude, decisions), 127);
            int expected = (sample < 0 ? 127 : 255) - interval;
            assertThat(G711.MU_LAW.encode((short) sample) & 0xFF)
                    .as("sample %d", sample)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aLawEncodesEverySampleByItsDecisionValues() {
        int[] decisions = decisionValues(1, 1, 31, 32);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int magnitude = (int) Math.floor((sample < 0 ? -sample - 1 : sample) / 16.0);
            int interval = intervalOf(magnitude, decisions);
            int expected = (interval + (sample < 0 ? 0 : 128)) ^ 0x55;
            assertThat(G711.A_LAW.encode((short) sample) & 0xFF)
                    .as("sample %d", sample)
                    .isEqualTo(expected);
        }
    }

    /** The lower end of interval 1, 2, ...: equal steps first, then runs of sixteen with twice the step each. */
    private static int[] decisionValues(int first, int step, int linear, int lastLinear) {
        int[] values = new int[127];
        int value = first;
        for (int i = 0; i < values.length; i++) {
            values[i] = value;
            int run = i < linear ? 0 : (i - linear) / 16 + 1;
            value += step * (1 << run);
        }
        assertThat(values[linear]).isEqualTo(lastLinear);
        return values;
    }

    private static int intervalOf(int magnitude, int[] decisions) {
        int interval = 0;
        while (interval < decisions.length && magnitude >= decisions[interval]) {
            interval++;
        }
        return interval;
    }

    @Test
    void decodesTheValuesOfTheTables() {
        // G.711 table 2a, column 8 (14 bits) and table 1a, column 8 (13 bits, halves doubled).
        assertThat(G711.MU_LAW.decode((byte) 0x80) / 4).isEqualTo(8_031);
        assertThat(G711.MU_LAW.decode((byte) 0x8F) / 4).isEqualTo(4_191);
        assertThat(G711.MU_LAW.decode((byte) 0x9F) / 4).isEqualTo(2_079);
        assertThat(G711.MU_LAW.decode((byte) 0xAF) / 4).isEqualTo(1_023);
        assertThat(G711.MU_LAW.decode((byte) 0xBF) / 4).isEqualTo(495);
        assertThat(G711.MU_LAW.decode((byte) 0xCF) / 4).isEqualTo(231);
        assertThat(G711.MU_LAW.decode((byte) 0xDF) / 4).isEqualTo(99);
        assertThat(G711.MU_LAW.decode((byte) 0xEF) / 4).isEqualTo(33);
        assertThat(G711.MU_LAW.decode((byte) 0xFE) / 4).isEqualTo(2);
        assertThat(G711.MU_LAW.decode((byte) 0xFF)).isZero();
        assertThat(G711.A_LAW.decode((byte) (0xFF ^ 0x55)) / 8).isEqualTo(4_032);
        assertThat(G711.A_LAW.decode((byte) (0xF0 ^ 0x55)) / 8).isEqualTo(2_112);
        assertThat(G711.A_LAW.decode((byte) (0x80 ^ 0x55)) / 8).isEqualTo(1);
        assertThat(G711.A_LAW.decode((byte) 0x55)).isEqualTo((short) -8);
    }

    @Test
    void everyCodeDecodesToTheMiddleOfItsInterval() {
        int[] muLaw = decisionValues(1, 2, 15, 31);
        int[] aLaw = decisionValues(1, 1, 31, 32);
        for (int interval = 0; interval < 128; interval++) {
            // The first interval of mu-law reaches across zero.
            int middle = interval == 0 ? 0 : (muLaw[interval - 1] + end(muLaw, interval, 8_159)) * 2;
            assertThat(G711.MU_LAW.decode((byte) (255 - interval))).isEqualTo((short) middle);
            assertThat(G711.MU_LAW.decode((byte) (127 - interval))).isEqualTo((short) -middle);
            int half = ((interval == 0 ? 0 : aLaw[interval - 1]) + end(aLaw, interval, 2_048)) * 8;
            assertThat(G711.A_LAW.decode((byte) ((128 + interval) ^ 0x55))).isEqualTo((short) half);
            assertThat(G711.A_LAW.decode((byte) (interval ^ 0x55))).isEqualTo((short) -half);
        }
    }

    /** Where an interval ends; the last one at the virtual decision value of the tables. */
    private static int end(int[] decisions, int interval, int virtual) {
        return interval < decisions.length ? decisions[interval] : virtual;
    }

    @Test
    void everyCodeComesBackFromItsSample() {
        for (G711 law : G711.values()) {
            for (int code = 0; code < 256; code++) {
                short middle = law.decode((byte) code);
                // The two zeros of mu-law are one sample.
                int expected = law == G711.MU_LAW && code == 0x7F ? 0xFF : code;
                assertThat(law.encode(middle) & 0xFF).as("%s %02x", law, code).isEqualTo(expected);
            }
        }
    }

    @Test
    void decodingNeverFallsAsSamplesRise() {
        for (G711 law : G711.values()) {
            int previous = Integer.MIN_VALUE;
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                int decoded = law.decode(law.encode((short) sample));
                assertThat(decoded).isGreaterThanOrEqualTo(previous);
                previous = decoded;
            }
        }
    }

    @Test
    void arraysAndAudioBytesGiveTheSameAsSingleSamples() {
        short[] samples = {0, 1, -1, 100, -100, 32_767, -32_768};
        for (G711 law : G711.values()) {
            byte[] encoded = law.encode(samples);
            assertThat(law.encodeToBytes(samples)).isEqualTo(AudioBytes.copyOf(encoded));
            assertThat(law.decode(law.encodeToBytes(samples))).isEqualTo(law.decode(encoded));
            for (int i = 0; i < samples.length; i++) {
                assertThat(encoded[i]).isEqualTo(law.encode(samples[i]));
            }
        }
    }
}
