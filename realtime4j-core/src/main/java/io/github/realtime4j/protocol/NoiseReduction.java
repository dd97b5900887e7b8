package io.github.realtime4j.protocol;

/**
 * What the server filters out of the input before it listens.
 *
 * @param type where the microphone is
 */
public record NoiseReduction(String type) {
    /** Headphones and handsets. */
    public static final NoiseReduction NEAR_FIELD = new NoiseReduction("near_field");
    /** Laptops and conference rooms. */
    public static final NoiseReduction FAR_FIELD = new NoiseReduction("far_field");
    /** No filter; JSON {@code null} on the wire. */
    public static final NoiseReduction OFF = new NoiseReduction("off");
}
