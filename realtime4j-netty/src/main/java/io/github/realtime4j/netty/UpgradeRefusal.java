package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HandshakeException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer other than 101: status, request id, the beginning of the body, and what the user may do. */
final class UpgradeRefusal {
    private static final int QUOTED_CHARS = 300;

    private final UpgradeRequest request;
    private final Secrets secrets;
    private final HttpResponse answer;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    UpgradeRefusal(UpgradeRequest request, HttpResponse answer) {
        this.request = request;
        this.answer = answer;
        secrets = Secrets.of(request.handshake());
    }

    /** @return whether enough is known of the body */
    boolean add(ByteBuf content) {
        int length = Math.min(content.readableBytes(), HandshakeException.BODY_LIMIT - body.size());
        byte[] bytes = new byte[length];
        content.readBytes(bytes);
        body.writeBytes(bytes);
        return body.size() >= HandshakeException.BODY_LIMIT;
    }

    HandshakeException toException() {
        int status = answer.status().code();
        String text = secrets.remove(body.toString(StandardCharsets.UTF_8));
        String id = header("x-request-id");
        if (id == null) {
            id = header("apim-request-id");
        }
        StringBuilder message = new StringBuilder("Cannot connect to ")
                .append(request.target())
                .append(": the server answered ")
                .append(status)
                .append(' ')
                .append(secrets.remove(answer.status().reasonPhrase()))
                .append("; ")
                .append(hint(status));
        if (!text.isBlank()) {
            message.append(". It says: ").append(oneLine(text));
        }
        if (id != null) {
            message.append(" (request id ").append(id).append(')');
        }
        return new HandshakeException(message.toString(), status, id, text, null);
    }

    private @Nullable String header(String name) {
        String value = answer.headers().get(name);
        return value == null ? null : oneLine(secrets.remove(value));
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= QUOTED_CHARS ? line : line.substring(0, QUOTED_CHARS) + "…";
    }

    private String hint(int status) {
        if (status < 300) {
            return "that is a plain HTTP answer, not a WebSocket: check host and path";
        }
        if (status < 400) {
            return redirect();
        }
        if (status >= 500) {
            return "the server has a problem; try again later";
        }
        return switch (status) {
            case 400 -> "it did not understand the request: check path, query and headers";
            case 401 -> "the key is missing, wrong or expired";
            case 403 -> "the key is known but may not do this: check organisation, project and access to the model";
            case 404 -> "nothing is at this path: check base URL, path, deployment and API version";
            case 407 -> "a proxy wants user and password: set the proxy credentials";
            case 426 -> "it wants another protocol or version of WebSocket";
            case 429 -> "too many requests, or no quota left" + retryAfter();
            default -> "check address and headers";
        };
    }

    private String retryAfter() {
        String seconds = header(HttpHeaderNames.RETRY_AFTER.toString());
        return seconds == null ? "; wait before the next try" : "; try again after " + seconds + " s";
    }

    private String redirect() {
        String location = header(HttpHeaderNames.LOCATION.toString());
        String where = "another address";
        if (location != null) {
            try {
                URI uri = URI.create(location);
                where = (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                        + (uri.getHost() == null ? "" : "//" + uri.getHost() + port(uri))
                        + uri.getPath();
            } catch (IllegalArgumentException unreadable) {
                where = "an address that cannot be read";
            }
        }
        return "it redirects to " + where + ", which is not followed because the key would go there too: use that "
                + "address if you trust it";
    }

    private static String port(URI uri) {
        return uri.getPort() < 0 ? "" : ":" + uri.getPort();
    }
}
