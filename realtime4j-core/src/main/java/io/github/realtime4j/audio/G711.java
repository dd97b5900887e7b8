package io.github.realtime4j.audio;

/**
 * ITU-T G.711 companding, bit exact to the reference code of ITU-T G.191: 8 bits per sample, 8,000 samples per second.
 * Linear samples are 16 bits; mu-law uses the upper 14 of them and A-law the upper 13. Stateless and thread safe.
 */
public enum G711 {
    /** {@code audio/pcmu}: North America and Japan. */
    MU_LAW(2) {
        @Override
        byte compress(int high) {
            boolean negative = high < 0;
            int magnitude = Math.min((negative ? ~high : high) + MU_LAW_BIAS, 0x1FFF);
            int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
            int code = ((7 - segment) << 4) | (0xF - ((magnitude >> (segment + 1)) & 0xF));
            return (byte) (negative ? code : code | SIGN);
        }

        @Override
        short expand(int code) {
            int inverted = ~code;
            int segment = (inverted & 0x70) >> 4;
            int magnitude = ((((inverted & 0xF) << 1) + MU_LAW_BIAS) << segment) - MU_LAW_BIAS;
            return (short) ((code & SIGN) == 0 ? -magnitude << 2 : magnitude << 2);
        }
    },

    /** {@code audio/pcma}: the rest of the world. */
    A_LAW(4) {
        @Override
        byte compress(int high) {
            boolean negative = high < 0;
            int magnitude = negative ? ~high : high;
            int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
            int mantissa = (segment == 0 ? magnitude : magnitude >> (segment - 1)) & 0xF;
            int code = (segment << 4) | mantissa;
            return (byte) ((negative ? code : code | SIGN) ^ EVEN_BITS);
        }

        @Override
        short expand(int code) {
            int plain = code ^ EVEN_BITS;
            int segment = (plain & 0x70) >> 4;
            int doubled = ((plain & 0xF) << 1) + 1;
            int magnitude = segment == 0 ? doubled : (doubled + 32) << (segment - 1);
            return (short) ((plain & SIGN) == 0 ? -magnitude << 3 : magnitude << 3);
        }
    };

    private static final int SIGN = 0x80;
    private static final int MU_LAW_BIAS = 33;
    private static final int EVEN_BITS = 0x55;

    private final int unusedBits;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
    private final byte[] codes;

    @SuppressWarnings("ImmutableEnumChecker")
    private final short[] samples = new short[256];

    G711(int unusedBits) {
        this.unusedBits = unusedBits;
        int count = 0x10000 >> unusedBits;
        this.codes = new byte[count];
        for (int high = -count / 2; high < count / 2; high++) {
            codes[high & (count - 1)] = compress(high);
        }
        for (int code = 0; code < samples.length; code++) {
            samples[code] = expand(code);
        }
    }

    /** The code of a sample whose unused low bits are already gone. */
    abstract byte compress(int high);

    abstract short expand(int code);

    public byte encode(short sample) {
        return codes[(sample >> unusedBits) & (codes.length - 1)];
    }

    public short decode(byte code) {
        return samples[code & 0xFF];
    }

    public byte[] encode(short[] linear) {
        byte[] encoded = new byte[linear.length];
        encode(linear, 0, linear.length, encoded, 0);
        return encoded;
    }

    public void encode(short[] linear, int offset, int length, byte[] target, int targetOffset) {
        for (int i = 0; i < length; i++) {
            target[targetOffset + i] = encode(linear[offset + i]);
        }
    }

    public short[] decode(byte[] encoded) {
        short[] linear = new short[encoded.length];
        decode(encoded, 0, encoded.length, linear, 0);
        return linear;
    }

    public void decode(byte[] encoded, int offset, int length, short[] target, int targetOffset) {
        for (int i = 0; i < length; i++) {
            target[targetOffset + i] = decode(encoded[offset + i]);
        }
    }

    public AudioBytes encodeToBytes(short[] linear) {
        return AudioBytes.wrap(encode(linear));
    }

    public short[] decode(AudioBytes encoded) {
        return decode(encoded.shared());
    }
}
