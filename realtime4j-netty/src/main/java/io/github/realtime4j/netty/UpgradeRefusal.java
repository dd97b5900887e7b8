package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpResponse;

/** An answer other than 101: status, request id, the beginning of the body, and what the user may do. */
final class UpgradeRefusal {
    private UpgradeRefusal() {}

    static HandshakeException of(UpgradeRequest request, HttpResponse answer) {
        HttpResponse redacted = request.handshake().redact(answer);
        String why = redacted.explain(hint(redacted), redacted.text());
        return new HandshakeException(
                "Cannot connect to " + request.target() + ": " + why,
                redacted.status(),
                redacted.requestId(),
                redacted.text(),
                null);
    }

    private static String hint(HttpResponse answer) {
        if (answer.status() < 300) {
            return "that is a plain HTTP answer, not a WebSocket: check host and path";
        }
        return answer.status() == 426 ? "it wants another protocol or version of WebSocket" : answer.hint();
    }
}
