package io.github.realtime4j.server.validation;

import io.github.realtime4j.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** Standard Base64 with padding, checked without decoding it. */
final class Base64Text {
    private Base64Text() {}

    static @Nullable ErrorDetail check(String text, int maxBytes, String path) {
        if (text.isEmpty()) {
            return ServiceErrors.notAudio(path, true);
        }
        long maxLength = (maxBytes + 2L) / 3 * 4;
        if (text.length() > maxLength) {
            return ServiceErrors.stringTooLong(path, (int) maxLength, text.length());
        }
        return isValid(text) ? null : ServiceErrors.notAudio(path, false);
    }

    private static boolean isValid(String text) {
        int length = text.length();
        if (length % 4 != 0) {
            return false;
        }
        int end = length;
        while (end > length - 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!inAlphabet(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean inAlphabet(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
