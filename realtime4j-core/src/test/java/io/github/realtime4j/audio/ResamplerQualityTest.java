package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Floors under the quality of every change of rate, held against the exact signal, so that a wrong gain and a delay are noise
 * too. 16 bits in and 16 bits out leave about 95 dB; {@code sox rate -h} has 92 to 97.
 */
final class ResamplerQualityTest {
    private static final int[] RATES = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000};
    private static final double AMPLITUDE = 29_000;

    static Stream<Arguments> pairs() {
        return IntStream.of(RATES)
                .boxed()
                .flatMap(from -> IntStream.of(RATES).filter(to -> to != from).mapToObj(to -> Arguments.of(from, to)));
    }

    static Stream<Arguments> pairsDown() {
        return pairs().filter(pair -> (int) pair.get()[0] > (int) pair.get()[1]);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void speechComesThroughWith90DecibelsToTheNoise(int from, int to) {
        for (double at : new double[] {0.05, 0.4, 0.8}) {
            double frequency = at * Math.min(from, to) / 2;
            short[] out = streamed(tone(frequency, from), from, to);
            double power = 0;
            double noise = 0;
            for (int i = to / 50; i < out.length - to / 50; i++) {
                double exact = exact(frequency, i, to);
                power += exact * exact;
                noise += (out[i] - exact) * (out[i] - exact);
            }
            assertThat(decibels(power / noise)).as("%.0f Hz", frequency).isGreaterThan(90);
        }
    }

    @ParameterizedTest
    @MethodSource("pairsDown")
    void whatTheLowerRateCannotHoldIs88DecibelsDown(int from, int to) {
        for (double at : new double[] {1.01, 1.1, 1.5}) {
            double frequency = at * to / 2;
            if (frequency < from / 2.0) {
                short[] out = streamed(tone(frequency, from), from, to);
                double left = 0;
                for (int i = to / 50; i < out.length - to / 50; i++) {
                    left += (double) out[i] * out[i];
                }
                double mean = left / (out.length - to / 50 * 2);
                assertThat(decibels(mean / (AMPLITUDE * AMPLITUDE / 2)))
                        .as("%.0f Hz", frequency)
                        .isLessThan(-88);
            }
        }
    }

    private static double decibels(double ratio) {
        return 10 * Math.log10(ratio);
    }

    private static double exact(double frequency, int sample, int rate) {
        return AMPLITUDE * Math.sin(2 * Math.PI * frequency * sample / rate);
    }

    /** A fifth of a second. */
    private static short[] tone(double frequency, int rate) {
        short[] samples = new short[rate / 5];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Pcm16.clip(exact(frequency, i, rate));
        }
        return samples;
    }

    /** In pieces of 20 ms, as from a microphone. */
    private static short[] streamed(short[] samples, int from, int to) {
        Resampler resampler = new Resampler(from, to);
        short[] out = {};
        for (int at = 0; at < samples.length; at += from / 50) {
            out = Pcm16.concat(out, resampler.resample(samples, at, Math.min(from / 50, samples.length - at)));
        }
        return Pcm16.concat(out, resampler.flush());
    }
}
