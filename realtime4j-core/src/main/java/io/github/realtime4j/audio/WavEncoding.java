package io.github.realtime4j.audio;

import org.jspecify.annotations.Nullable;

/** What the bytes of one sample in a WAV file mean; every encoding is read as 16-bit samples. */
enum WavEncoding {
    PCM_8(1, 1) {
        @Override
        short sample(byte[] bytes, int at) {
            return (short) (((bytes[at] & 0xFF) - 128) << 8);
        }
    },
    PCM_16(1, 2) {
        @Override
        short sample(byte[] bytes, int at) {
            return upper(bytes, at);
        }
    },
    PCM_24(1, 3) {
        @Override
        short sample(byte[] bytes, int at) {
            return upper(bytes, at + 1);
        }
    },
    PCM_32(1, 4) {
        @Override
        short sample(byte[] bytes, int at) {
            return upper(bytes, at + 2);
        }
    },
    FLOAT_32(3, 4) {
        @Override
        short sample(byte[] bytes, int at) {
            return Pcm16.clip(Float.intBitsToFloat((int) bits(bytes, at, 4)) * 32_768.0);
        }
    },
    FLOAT_64(3, 8) {
        @Override
        short sample(byte[] bytes, int at) {
            return Pcm16.clip(Double.longBitsToDouble(bits(bytes, at, 8)) * 32_768.0);
        }
    },
    A_LAW(6, 1) {
        @Override
        short sample(byte[] bytes, int at) {
            return G711.A_LAW.decode(bytes[at]);
        }
    },
    MU_LAW(7, 1) {
        @Override
        short sample(byte[] bytes, int at) {
            return G711.MU_LAW.decode(bytes[at]);
        }
    };

    /** The number in the {@code fmt} chunk. */
    final int tag;

    final int bytesPerSample;

    WavEncoding(int tag, int bytesPerSample) {
        this.tag = tag;
        this.bytesPerSample = bytesPerSample;
    }

    abstract short sample(byte[] bytes, int at);

    static @Nullable WavEncoding of(int tag, int bitsPerSample) {
        for (WavEncoding encoding : values()) {
            if (encoding.tag == tag && encoding.bytesPerSample * 8 == bitsPerSample) {
                return encoding;
            }
        }
        return null;
    }

    static WavEncoding of(G711 law) {
        return law == G711.MU_LAW ? MU_LAW : A_LAW;
    }

    /** The sixteen bits that start here: the upper ones of a longer sample. */
    private static short upper(byte[] bytes, int at) {
        return (short) bits(bytes, at, 2);
    }

    private static long bits(byte[] bytes, int at, int count) {
        long bits = 0;
        for (int i = count - 1; i >= 0; i--) {
            bits = (bits << 8) | (bytes[at + i] & 0xFF);
        }
        return bits;
    }
}
