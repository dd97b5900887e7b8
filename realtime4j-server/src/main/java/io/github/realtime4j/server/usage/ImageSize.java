package io.github.realtime4j.server.usage;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an image says.
 *
 * @param format {@code PNG} or {@code JPEG}
 * @param width in pixels
 * @param height in pixels
 */
public record ImageSize(String format, int width, int height) {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /**
     * @param url {@code data:image/…;base64,…}
     * @return null if it is no such thing
     */
    public static @Nullable ImageSize of(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.substring(0, comma).toLowerCase(Locale.ROOT).startsWith("data:image/")) {
            return null;
        }
        try {
            return of(Base64.getDecoder().decode(url.substring(comma + 1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable ImageSize of(byte[] image) {
        if (startsWith(image, PNG)) {
            return image.length < 24 ? null : new ImageSize("PNG", fourBytes(image, 16), fourBytes(image, 20));
        }
        return image.length > 3 && unsigned(image, 0) == 0xff && unsigned(image, 1) == 0xd8 ? jpeg(image) : null;
    }

    /** Walks the segments up to the first that starts a frame (SOF0 to SOF15 without DHT, JPG and DAC). */
    private static @Nullable ImageSize jpeg(byte[] image) {
        int at = 2;
        while (at + 9 <= image.length && unsigned(image, at) == 0xff) {
            int marker = unsigned(image, at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new ImageSize("JPEG", twoBytes(image, at + 7), twoBytes(image, at + 5));
            }
            at += 2 + twoBytes(image, at + 2);
        }
        return null;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static int fourBytes(byte[] bytes, int at) {
        return (twoBytes(bytes, at) << 16) | twoBytes(bytes, at + 2);
    }

    private static int twoBytes(byte[] bytes, int at) {
        return (unsigned(bytes, at) << 8) | unsigned(bytes, at + 1);
    }

    private static int unsigned(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }
}
