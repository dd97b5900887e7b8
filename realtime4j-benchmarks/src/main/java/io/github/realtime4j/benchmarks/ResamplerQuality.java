package io.github.realtime4j.benchmarks;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * How well and how fast core's resampler changes rates, beside {@code sox rate -h} if that is on the PATH. Both get 16 bits
 * and give 16 bits without dither, and are held against the exact signal: whatever is not that is noise, a wrong gain and a
 * delay too.
 *
 * <ul>
 *   <li>tones: the worst signal-to-noise ratio of five tones, 0.05 to 0.8 of the lower Nyquist frequency, in dB
 *   <li>sweep: the same of a sweep over all of that
 *   <li>alias: the loudest of what is left of tones that the target cannot hold, 1.01 of its Nyquist frequency and more,
 *       in dB of the tone; -99 is where 16 bits end
 *   <li>at 0.9: the gain at 0.9 of the lower Nyquist frequency, in dB: where the pass band ends
 *   <li>ns: per sample of output, in pieces of 20 ms
 * </ul>
 *
 * <pre>java -cp 'realtime4j-benchmarks/target/classes:realtime4j-benchmarks/target/lib/*' \
 *     io.github.realtime4j.benchmarks.ResamplerQuality</pre>
 */
public final class ResamplerQuality {
    private static final int[] RATES = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000};
    private static final double[] PASSED = {0.05, 0.2, 0.4, 0.6, 0.8};
    private static final double[] STOPPED = {1.01, 1.1, 1.3, 1.7};
    private static final double AMPLITUDE = 29_000;
    private static final double FLOOR = -99;
    private static final int SPEED_SECONDS = 20;

    private ResamplerQuality() {}

    /** Changes the rate of a whole signal. */
    private interface Conversion {
        short[] convert(short[] samples, int from, int to) throws IOException, InterruptedException;
    }

    private record Figures(double tones, double sweep, double alias, double edge) {
        @Override
        public String toString() {
            String left = Double.isNaN(alias) ? "     -" : String.format(Locale.ROOT, "%6.1f", alias);
            return String.format(Locale.ROOT, "%6.1f %6.1f %s %6.2f", tones, sweep, left, edge);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean sox = isSoxThere();
        Path directory = Files.createTempDirectory("resampler");
        System.out.println("                    realtime4j                           " + (sox ? "sox rate -h" : ""));
        System.out.println(
                "   from     to   tones  sweep  alias at 0.9    ns  " + (sox ? "   tones  sweep  alias at 0.9" : ""));
        for (int from : RATES) {
            for (int to : RATES) {
                if (from != to) {
                    Figures ours = figures(ResamplerQuality::streamed, from, to);
                    Conversion other = (samples, in, out) -> sox(directory, samples, in, out);
                    System.out.printf(
                            Locale.ROOT,
                            "%7d %6d  %s %5.0f   %s%n",
                            from,
                            to,
                            ours,
                            nanosPerSample(from, to),
                            sox ? figures(other, from, to) : "");
                }
            }
        }
        Files.deleteIfExists(directory.resolve("in.raw"));
        Files.deleteIfExists(directory.resolve("out.raw"));
        Files.delete(directory);
    }

    private static Figures figures(Conversion conversion, int from, int to) throws IOException, InterruptedException {
        double nyquist = Math.min(from, to) / 2.0;
        double tones = Double.MAX_VALUE;
        for (double at : PASSED) {
            tones = Math.min(tones, signalToNoise(conversion, tone(at * nyquist), from, to));
        }
        double alias = to < from ? FLOOR : Double.NaN;
        for (double at : STOPPED) {
            if (at * to < from) {
                alias = Math.max(alias, gain(conversion, at * nyquist, from, to));
            }
        }
        return new Figures(
                tones,
                signalToNoise(conversion, sweep(0.8 * nyquist), from, to),
                alias,
                gain(conversion, 0.9 * nyquist, from, to));
    }

    private static DoubleUnaryOperator tone(double frequency) {
        return time -> AMPLITUDE * Math.sin(2 * Math.PI * frequency * time);
    }

    /** From 20 Hz to a frequency in one second. */
    private static DoubleUnaryOperator sweep(double last) {
        return time -> AMPLITUDE * Math.sin(2 * Math.PI * (20 + (last - 20) * time / 2) * time);
    }

    /** One second. */
    private static short[] sampled(DoubleUnaryOperator signal, int rate) {
        short[] samples = new short[rate];
        for (int i = 0; i < rate; i++) {
            samples[i] = Pcm16.clip(signal.applyAsDouble((double) i / rate));
        }
        return samples;
    }

    private static double signalToNoise(Conversion conversion, DoubleUnaryOperator signal, int from, int to)
            throws IOException, InterruptedException {
        short[] out = conversion.convert(sampled(signal, from), from, to);
        double power = 0;
        double noise = 0;
        for (int i = to / 20; i < to - to / 20; i++) {
            double exact = signal.applyAsDouble((double) i / to);
            power += exact * exact;
            noise += (out[i] - exact) * (out[i] - exact);
        }
        return 10 * Math.log10(power / noise);
    }

    private static double gain(Conversion conversion, double frequency, int from, int to)
            throws IOException, InterruptedException {
        short[] out = conversion.convert(sampled(tone(frequency), from), from, to);
        double power = 0;
        for (int i = to / 20; i < to - to / 20; i++) {
            power += (double) out[i] * out[i];
        }
        double rms = Math.sqrt(power / (to - 2 * (to / 20)));
        return Math.max(FLOOR, 20 * Math.log10(rms / (AMPLITUDE / Math.sqrt(2))));
    }

    /** As a microphone's samples come. */
    private static short[] streamed(short[] samples, int from, int to) {
        Resampler resampler = new Resampler(from, to);
        int piece = from / 50;
        short[] out = new short[to + resampler.maxOutput(piece)];
        int filled = 0;
        for (int at = 0; at < samples.length; at += piece) {
            filled += resampler.resample(samples, at, Math.min(piece, samples.length - at), out, filled);
        }
        short[] tail = resampler.flush();
        System.arraycopy(tail, 0, out, filled, tail.length);
        return out;
    }

    private static double nanosPerSample(int from, int to) {
        short[] second = sampled(tone(1_000), from);
        for (int i = 0; i < SPEED_SECONDS; i++) {
            streamed(second, from, to);
        }
        long began = System.nanoTime();
        for (int i = 0; i < SPEED_SECONDS; i++) {
            streamed(second, from, to);
        }
        return (System.nanoTime() - began) / ((double) SPEED_SECONDS * to);
    }

    private static boolean isSoxThere() throws InterruptedException {
        try {
            return new ProcessBuilder("sox", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    private static short[] sox(Path directory, short[] samples, int from, int to)
            throws IOException, InterruptedException {
        Path in = directory.resolve("in.raw");
        Path out = directory.resolve("out.raw");
        Files.write(in, Pcm16.toBytes(samples));
        Process process = new ProcessBuilder(("sox -R -D -t raw -r " + from + " -e signed -b 16 -c 1 " + in
                                + " -t raw -e signed -b 16 " + out + " rate -h " + to)
                        .split(" "))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("sox ended with " + process.exitValue());
        }
        return Pcm16.toSamples(Files.readAllBytes(out));
    }
}
