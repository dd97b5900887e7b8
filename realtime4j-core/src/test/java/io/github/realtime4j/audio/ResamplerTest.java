package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResamplerTest {
    private static final int[] RATES = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000};

    @Test
    void aSineKeepsItsShapeBetweenAllRates() {
        for (int from : RATES) {
            for (int to : RATES) {
                short[] out = Resampler.convert(sine(1_000, from, from / 2, 29_000), from, to);
                assertThat(signalToNoise(out, 1_000, to))
                        .as("%d to %d", from, to)
                        .isGreaterThan(80);
                assertThat(amplitude(out, 1_000, to)).as("%d to %d", from, to).isBetween(28_990.0, 29_010.0);
            }
        }
    }

    @Test
    void aSineKeepsItsPhase() {
        short[] out = Resampler.convert(sine(440, 16_000, 16_000, 20_000), 16_000, 24_000);
        short[] expected = sine(440, 24_000, 24_000, 20_000);
        for (int i = 200; i < 23_800; i++) {
            assertThat((int) out[i]).isBetween(expected[i] - 3, expected[i] + 3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24000,8000,4100",
        "24000,8000,7000",
        "24000,16000,9000",
        "48000,24000,12500",
        "44100,24000,13000",
        "48000,8000,20000",
        "24000,22050,11900"
    })
    void whatTheLowerRateCannotHoldIsRemoved(int from, int to, int frequency) {
        short[] out = Resampler.convert(sine(frequency, from, from / 2, 29_000), from, to);
        short[] middle = Arrays.copyOfRange(out, 400, out.length - 400);
        assertThat(20 * Math.log10(Pcm16.rms(middle) / (29_000 / Math.sqrt(2)) + 1e-9))
                .isLessThan(-80);
    }

    @ParameterizedTest
    @CsvSource({"8000,24000,3000", "16000,24000,7000", "24000,48000,9000"})
    void upsamplingLeavesNoImages(int from, int to, int frequency) {
        short[] out = Resampler.convert(sine(frequency, from, from, 29_000), from, to);
        // Whatever is not the tone is image, ripple or rounding.
        assertThat(signalToNoise(out, frequency, to)).isGreaterThan(75);
        assertThat(amplitude(out, from - frequency, to)).isLessThan(2);
    }

    @Test
    void chunksOfAnySizeGiveTheWhole() {
        Random random = new Random(11);
        for (int from : RATES) {
            for (int to : RATES) {
                short[] noise = noise(random, 3_001);
                short[] whole = Resampler.convert(noise, from, to);
                Resampler resampler = new Resampler(from, to);
                short[] joined = {};
                for (int at = 0; at < noise.length; ) {
                    int length = Math.min(random.nextInt(700), noise.length - at);
                    short[] chunk = resampler.resample(noise, at, length);
                    assertThat(chunk.length).isLessThanOrEqualTo(resampler.maxOutput(length));
                    joined = Pcm16.concat(joined, chunk);
                    at += length;
                }
                joined = Pcm16.concat(joined, resampler.flush());
                assertThat(joined).as("%d to %d", from, to).isEqualTo(whole);
            }
        }
    }

    @Test
    void theWholeLengthIsExact() {
        for (int from : RATES) {
            for (int to : RATES) {
                for (int length : new int[] {0, 1, 2, 79, 160, 441, 2_000}) {
                    int expected = (int) Math.ceil((double) length * to / from);
                    assertThat(Resampler.convert(new short[length], from, to)).hasSize(expected);
                }
            }
        }
    }

    @Test
    void equalRatesChangeNothingAndAddNoDelay() {
        short[] noise = noise(new Random(3), 500);
        Resampler resampler = new Resampler(24_000, 24_000);
        assertThat(resampler.resample(noise)).isEqualTo(noise);
        assertThat(resampler.flush()).isEmpty();
    }

    @Test
    void aFlushedResamplerIsAsNew() {
        short[] noise = noise(new Random(5), 777);
        Resampler resampler = new Resampler(16_000, 24_000);
        short[] first = Pcm16.concat(resampler.resample(noise), resampler.flush());
        short[] second = Pcm16.concat(resampler.resample(noise), resampler.flush());
        assertThat(second).isEqualTo(first);
    }

    @Test
    void writesIntoTheArrayOfTheCallerAndRefusesASmallOne() {
        short[] noise = noise(new Random(9), 480);
        short[] expected = new Resampler(48_000, 24_000).resample(noise);
        short[] target = new short[expected.length + 5];
        int count = new Resampler(48_000, 24_000).resample(noise, 0, noise.length, target, 5);
        assertThat(count).isEqualTo(expected.length);
        assertThat(Arrays.copyOfRange(target, 5, target.length)).isEqualTo(expected);
        assertThatThrownBy(() -> new Resampler(48_000, 24_000).resample(noise, 0, 480, new short[3], 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Expected room for " + expected.length + " samples but there is 3");
    }

    @Test
    void fullScaleIsClippedNotWrapped() {
        short[] square = new short[4_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = Resampler.convert(square, 16_000, 24_000);
        for (int i = 100; i < out.length - 100; i++) {
            if (i % 60 > 5 && i % 60 < 55) {
                assertThat(out[i] > 0).isEqualTo(i / 60 % 2 == 0);
            }
        }
    }

    @Test
    void absurdRatesAreRefused() {
        assertThatThrownBy(() -> new Resampler(0, 24_000))
                .hasMessage("Expected a rate of 1,000 to 768,000 Hz but got 0");
        assertThatThrownBy(() -> new Resampler(767_999, 24_000))
                .hasMessage("Cannot resample by 24000/767999: choose rates with a simpler ratio");
    }

    private static short[] noise(Random random, int length) {
        short[] noise = new short[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (short) random.nextInt();
        }
        return noise;
    }

    private static short[] sine(double frequency, int rate, int length, double amplitude) {
        short[] sine = new short[length];
        for (int i = 0; i < length; i++) {
            sine[i] = Pcm16.clip(amplitude * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return sine;
    }

    private static double amplitude(short[] samples, double frequency, int rate) {
        double[] fit = fit(samples, frequency, rate);
        return Math.hypot(fit[0], fit[1]);
    }

    /** Decibels between the best fitting sine of this frequency and all that is left without it. */
    private static double signalToNoise(short[] samples, double frequency, int rate) {
        double[] fit = fit(samples, frequency, rate);
        int edge = rate / 100;
        double signal = 0;
        double noise = 0;
        for (int i = edge; i < samples.length - edge; i++) {
            double angle = 2 * Math.PI * frequency * i / rate;
            double tone = fit[0] * Math.cos(angle) + fit[1] * Math.sin(angle);
            signal += tone * tone;
            noise += (samples[i] - tone) * (samples[i] - tone);
        }
        return 10 * Math.log10(signal / noise);
    }

    /** Least squares for the cosine and the sine, without the edges, where the signal starts and stops. */
    private static double[] fit(short[] samples, double frequency, int rate) {
        int edge = rate / 100;
        double cc = 0;
        double ss = 0;
        double cs = 0;
        double xc = 0;
        double xs = 0;
        for (int i = edge; i < samples.length - edge; i++) {
            double angle = 2 * Math.PI * frequency * i / rate;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            cc += c * c;
            ss += s * s;
            cs += c * s;
            xc += samples[i] * c;
            xs += samples[i] * s;
        }
        double determinant = cc * ss - cs * cs;
        return new double[] {(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant};
    }
}
