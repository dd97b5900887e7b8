package io.github.realtime4j.transport;

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
    public static final int NO_STATUS = 1005;
    public static final int ABNORMAL = 1006;
    public static final int TOO_BIG = 1009;

    /** Who ended a connection. */
    public enum Side {
        /** The application called close or abort. */
        USER,
        /** This library: a deadline passed, a limit was exceeded, the peer broke the protocol. */
        CLIENT,
        /** The peer, or the network between. */
        SERVER
    }

    @Override
    public String toString() {
        return code + (reason.isEmpty() ? "" : " " + reason) + " (ended by " + by + ")";
    }
}
