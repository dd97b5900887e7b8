package io.github.realtime4j.server.vad;

/** A second-order filter (transposed direct form II). Two with the right Q make a Butterworth of fourth order. */
final class Biquad {
    private static final double[] BUTTERWORTH_4 = {0.5411961, 1.3065630};

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    private Biquad(double frequency, double rate, double q, boolean high) {
        double omega = 2 * Math.PI * frequency / rate;
        double alpha = Math.sin(omega) / (2 * q);
        double cosine = Math.cos(omega);
        double a0 = 1 + alpha;
        double middle = high ? -(1 + cosine) : 1 - cosine;
        this.b0 = Math.abs(middle) / 2 / a0;
        this.b1 = middle / a0;
        this.b2 = b0;
        this.a1 = -2 * cosine / a0;
        this.a2 = (1 - alpha) / a0;
    }

    static Biquad[] highPass(double frequency, double rate) {
        return cascade(frequency, rate, true);
    }

    static Biquad[] lowPass(double frequency, double rate) {
        return cascade(frequency, rate, false);
    }

    private static Biquad[] cascade(double frequency, double rate, boolean high) {
        return new Biquad[] {
            new Biquad(frequency, rate, BUTTERWORTH_4[0], high), new Biquad(frequency, rate, BUTTERWORTH_4[1], high)
        };
    }

    double apply(double x) {
        double y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        // Denormal numbers are slow, and silence after speech is full of them.
        if (Math.abs(z1) < 1e-30) {
            z1 = 0;
        }
        if (Math.abs(z2) < 1e-30) {
            z2 = 0;
        }
        return y;
    }

    void reset() {
        z1 = 0;
        z2 = 0;
    }
}
