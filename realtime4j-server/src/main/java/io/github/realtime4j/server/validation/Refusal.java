package io.github.realtime4j.server.validation;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;

/**
 * A connection that is let in only to be told why it may not stay: one {@code error} event, then this close frame.
 *
 * @param closeCode of the WebSocket
 */
public record Refusal(ErrorDetail error, int closeCode) {

    /** The error's type and code with a dot between, or the type alone. */
    public String closeReason() {
        ErrorCode code = error.code();
        String type = String.valueOf(error.type());
        return code == null ? type : type + "." + code.value();
    }
}
