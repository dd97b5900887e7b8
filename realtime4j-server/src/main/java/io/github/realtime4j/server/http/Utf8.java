package io.github.realtime4j.server.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells UTF-8 from what is not. */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Leaves the text as it is. Nearly all text here is base64, so ASCII goes eight bytes at a time. */
    static boolean isValid(ByteBuffer text) {
        int at = text.position();
        int end = text.limit();
        while (at + Long.BYTES <= end && (text.getLong(at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < end && text.get(at) >= 0) {
            at++;
        }
        return at == end || isDecodable(text.duplicate().position(at));
    }

    private static boolean isDecodable(ByteBuffer text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(Math.min(text.remaining(), 1024) + 2);
        while (true) {
            CoderResult result = decoder.decode(text, characters, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            characters.clear();
        }
    }
}
