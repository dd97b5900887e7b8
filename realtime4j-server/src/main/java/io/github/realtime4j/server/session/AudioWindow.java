package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import java.util.Arrays;

/** A stretch of a stream of bytes, addressed by position in the whole stream. Confined to the session's loop. */
final class AudioWindow {
    private byte[] bytes = new byte[0];
    private long start;
    private int offset;
    private int length;

    long start() {
        return start;
    }

    long end() {
        return start + length;
    }

    int length() {
        return length;
    }

    void append(AudioBytes audio) {
        int needed = offset + length + audio.size();
        if (needed > bytes.length) {
            byte[] next = length + audio.size() > bytes.length / 2
                    ? new byte[Math.max(16_384, (length + audio.size()) * 3 / 2)]
                    : bytes;
            System.arraycopy(bytes, offset, next, 0, length);
            bytes = next;
            offset = 0;
        }
        audio.copyTo(bytes, offset + length);
        length += audio.size();
    }

    /** What lies between two positions, as far as it is still here. */
    AudioBytes slice(long from, long to) {
        int first = (int) (Math.max(start, Math.min(from, end())) - start);
        int last = (int) (Math.max(start, Math.min(to, end())) - start);
        return AudioBytes.copyOf(bytes, offset + first, Math.max(0, last - first));
    }

    void dropAfter(long position) {
        length = (int) Math.max(0, Math.min(length, position - start));
    }

    void dropBefore(long position) {
        int gone = (int) Math.max(0, Math.min(length, position - start));
        start += gone;
        offset += gone;
        length -= gone;
        if (length == 0) {
            offset = 0;
            bytes = bytes.length > 65_536 ? new byte[0] : bytes;
        } else if (bytes.length > 65_536 && length < bytes.length / 8) {
            bytes = Arrays.copyOfRange(bytes, offset, offset + length * 2);
            offset = 0;
        }
    }
}
