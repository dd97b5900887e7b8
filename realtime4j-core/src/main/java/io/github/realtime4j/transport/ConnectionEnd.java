package io.github.realtime4j.transport;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended.
 *
 * @param code the close code of RFC 6455 section 7.4; 1005 when the peer sent none, 1006 when there was no close frame
 * @param reason the peer's reason, or what this side knows: "no pong within 10 s"
 * @param by who ended it
 * @param cause the I/O error behind a 1006, if there was one
 */
public record ConnectionEnd(
        int code, String reason, Side by, @Nullable Throwable cause) {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED = 1003;
    public static final int NO_STATUS = 1005;
    public static final int ABNORMAL = 1006;
    public static final int INVALID_TEXT = 1007;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;

    /** RFC 6455 section 5.5: a control frame carries at most 125 bytes, and the code takes two. */
    private static final int MAX_REASON_BYTES = 123;

    /** Who ended a connection. */
    public enum Side {
        /** The application called close or abort. */
        USER,
        /** This library: a deadline passed, a limit was exceeded, the peer broke the protocol. */
        CLIENT,
        /** The peer, or the network between. */
        SERVER
    }

    /** Whether a close frame may carry this code: 1000 to 1003, 1007 to 1014, 3000 to 4999. */
    public static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /** @throws IllegalArgumentException if a close frame may not carry this code or this reason */
    public static void requireSendable(int code, String reason) {
        if (!isSendable(code)) {
            throw new IllegalArgumentException(
                    "close code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, but was " + code);
        }
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_REASON_BYTES) {
            throw new IllegalArgumentException(
                    "close reason must be at most " + MAX_REASON_BYTES + " bytes of UTF-8, but was " + bytes);
        }
    }

    @Override
    public String toString() {
        return code + (reason.isEmpty() ? "" : " " + reason) + " (ended by " + by + ")";
    }
}
