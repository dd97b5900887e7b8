package io.github.realtime4j.netty;

import io.github.realtime4j.netty.ConnectAttempt.Phase;
import io.github.realtime4j.transport.HandshakeException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why no connection came about, and what to look at. */
final class ConnectFailure {
    private final Target target;

    ConnectFailure(Target target) {
        this.target = target;
    }

    HandshakeException unknownHost(UnknownHostException unknown) {
        return exception(
                "the host name " + unknown.getMessage() + " has no address; check its spelling and the network",
                unknown);
    }

    HandshakeException transportClosed() {
        return exception("the transport was closed", null);
    }

    HandshakeException timeout(Phase phase, Duration timeout) {
        String doing = switch (phase) {
            case LOOKUP -> "the name " + target.host() + " was still being looked up";
            case CONNECT -> "nothing answered at the TCP port; is a firewall or a wrong address in the way?";
            case PROXY -> "the proxy had not opened a tunnel";
            case TLS -> "the TLS handshake was not finished; does the port expect ws:// instead of wss://?";
            case UPGRADE ->
                "the server had not answered the upgrade; "
                        + (target.secure() ? "is it overloaded?" : "does the port expect wss://?");
        };
        return exception("no connection within " + timeout.toMillis() + " ms: " + doing, null);
    }

    HandshakeException explain(Phase phase, Throwable cause) {
        HandshakeException refused = find(cause, HandshakeException.class);
        if (refused != null) {
            return refused;
        }
        ProxyConnectException proxy = find(cause, ProxyConnectException.class);
        if (proxy != null) {
            return exception("the proxy did not open a tunnel (" + proxy.getMessage() + ")", cause);
        }
        if (find(cause, NotSslRecordException.class) != null) {
            return exception("the port does not speak TLS; use ws:// instead of wss://, or another port", cause);
        }
        CertificateException certificate = find(cause, CertificateException.class);
        if (certificate != null) {
            return exception(
                    "the server's certificate is not trusted: " + certificate.getMessage()
                            + "; for a server of your own give an SSLContext that trusts it",
                    cause);
        }
        SSLException tls = find(cause, SSLException.class);
        if (tls != null) {
            return exception("TLS failed: " + tls.getMessage(), cause);
        }
        if (find(cause, ConnectTimeoutException.class) != null) {
            return exception("nothing answered at the TCP port; is a firewall or a wrong address in the way?", cause);
        }
        if (phase == Phase.CONNECT && find(cause, ConnectException.class) != null) {
            return exception("connection refused; is the server, or the proxy, running at that port?", cause);
        }
        return exception(interrupted(phase) + reason(cause), cause);
    }

    private static String interrupted(Phase phase) {
        return switch (phase) {
            case LOOKUP -> "choosing a proxy or looking up the name failed";
            case CONNECT -> "connecting failed";
            case PROXY -> "the proxy dropped the connection";
            case TLS -> "the connection was dropped during the TLS handshake; does the port expect ws://?";
            case UPGRADE ->
                "the connection was dropped before the upgrade was answered; does the port speak "
                        + "WebSocket, and with or without TLS as the address says?";
        };
    }

    private static String reason(Throwable cause) {
        return " (" + cause.getClass().getSimpleName()
                + (cause instanceof java.io.IOException && cause.getMessage() != null ? ": " + cause.getMessage() : "")
                + ")";
    }

    private HandshakeException exception(String message, @Nullable Throwable cause) {
        return new HandshakeException("Cannot connect to " + target + ": " + message, 0, null, null, cause);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        Throwable next = failure;
        for (int depth = 0; next != null && depth < 10; depth++) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
            next = next.getCause();
        }
        return null;
    }
}
