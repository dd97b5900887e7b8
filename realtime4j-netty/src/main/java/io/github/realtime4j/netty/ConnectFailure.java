package io.github.realtime4j.netty;

import io.github.realtime4j.netty.ConnectAttempt.Phase;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.NoAnswerException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why no connection, or no answer, came about, and what to look at. */
final class ConnectFailure {
    private final Target target;

    /** Null for an upgrade. */
    private final @Nullable HttpRequest request;

    private ConnectFailure(Target target, @Nullable HttpRequest request) {
        this.target = target;
        this.request = request;
    }

    static ConnectFailure of(UpgradeRequest upgrade) {
        return new ConnectFailure(upgrade.target(), null);
    }

    static ConnectFailure of(RestRequest rest) {
        return new ConnectFailure(rest.target(), rest.request());
    }

    HandshakeException unknownHost(UnknownHostException unknown) {
        return exception(
                "the host name " + unknown.getMessage() + " has no address; check its spelling and the network",
                unknown);
    }

    RuntimeException transportClosed(Phase phase) {
        return failure(phase, "the transport was closed", null);
    }

    RuntimeException timeout(Phase phase, Duration timeout) {
        String doing = switch (phase) {
            case LOOKUP -> "the name " + target.host() + " was still being looked up";
            case CONNECT -> "nothing answered at the TCP port; is a firewall or a wrong address in the way?";
            case PROXY -> "the proxy had not opened a tunnel";
            case TLS ->
                "the TLS handshake was not finished; does the port expect " + target.plainScheme() + " instead of "
                        + target.secureScheme() + "?";
            case ANSWER ->
                "the server had not answered the " + (request == null ? "upgrade; " : "request; ")
                        + (target.secure()
                                ? "is it overloaded?"
                                : "does the port expect " + target.secureScheme() + "?");
        };
        String within = request == null || phase != Phase.ANSWER ? "no connection within " : "nothing whole within ";
        return failure(phase, within + timeout.toMillis() + " ms: " + doing, null);
    }

    RuntimeException explain(Phase phase, Throwable cause) {
        HandshakeException refused = find(cause, HandshakeException.class);
        if (refused != null) {
            return refused;
        }
        if (phase == Phase.ANSWER && request != null) {
            NoAnswerException known = find(cause, NoAnswerException.class);
            return known != null ? known : noAnswer(interrupted(phase) + reason(cause), cause);
        }
        ProxyConnectException proxy = find(cause, ProxyConnectException.class);
        if (proxy != null) {
            return exception("the proxy did not open a tunnel (" + proxy.getMessage() + ")", cause);
        }
        if (find(cause, NotSslRecordException.class) != null) {
            return exception(
                    "the port does not speak TLS; use " + target.plainScheme() + " instead of " + target.secureScheme()
                            + ", or another port",
                    cause);
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
        return failure(phase, interrupted(phase) + reason(cause), cause);
    }

    private String interrupted(Phase phase) {
        return switch (phase) {
            case LOOKUP -> "choosing a proxy or looking up the name failed";
            case CONNECT -> "connecting failed";
            case PROXY -> "the proxy dropped the connection";
            case TLS ->
                "the connection was dropped during the TLS handshake; does the port expect " + target.plainScheme()
                        + "?";
            case ANSWER ->
                request == null
                        ? "the connection was dropped before the upgrade was answered; does the port speak WebSocket, "
                                + "and with or without TLS as the address says?"
                        : "the connection was dropped before the answer was whole";
        };
    }

    private static String reason(Throwable cause) {
        return " (" + cause.getClass().getSimpleName()
                + (cause instanceof java.io.IOException && cause.getMessage() != null ? ": " + cause.getMessage() : "")
                + ")";
    }

    private RuntimeException failure(Phase phase, String message, @Nullable Throwable cause) {
        return phase == Phase.ANSWER && request != null ? noAnswer(message, cause) : exception(message, cause);
    }

    /** The request was sent, or part of it. */
    NoAnswerException noAnswer(String message, @Nullable Throwable cause) {
        return new NoAnswerException("No answer to " + request + ": " + message, cause);
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
