package io.github.realtime4j.transport;

import io.github.realtime4j.transport.Handshake.Header;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer, whole.
 *
 * @param reason the words after the status, such as {@code Not Found}; empty for none
 * @param headers in the order of the wire
 * @param body read-only, without transfer encoding; empty for none
 */
public record HttpResponse(int status, String reason, List<Header> headers, ByteBuffer body) {
    private static final int QUOTED_CHARS = 300;

    public HttpResponse {
        headers = List.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** A view of its own: reading it changes nothing here. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** The body as UTF-8. */
    public String text() {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    /** The first header of this name, in any case. */
    public @Nullable String header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }

    /** {@code x-request-id}, or Azure's {@code apim-request-id}: what to quote in a support request. */
    public @Nullable String requestId() {
        String id = header("x-request-id");
        if (id == null) {
            id = header("apim-request-id");
        }
        return id == null ? null : oneLine(id);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= QUOTED_CHARS ? line : line.substring(0, QUOTED_CHARS) + "…";
    }

    /**
     * For messages: the answer in one sentence, with its request id. Secrets go first, with {@link HttpRequest#redact}.
     *
     * @param hint what to do about it
     * @param said the server's own words, quoted up to 300 characters; blank for none
     */
    public String explain(String hint, String said) {
        String id = requestId();
        return "the server answered " + status + ' ' + reason + "; " + hint
                + (said.isBlank() ? "" : ". It says: " + oneLine(said))
                + (id == null ? "" : " (request id " + id + ")");
    }

    /** For messages: what a status other than the wanted one means, and what to do about it. */
    public String hint() {
        if (status >= 300 && status < 400) {
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
            case 429 -> "too many requests, or no quota left" + retryAfter();
            default -> "check address and headers";
        };
    }

    private String retryAfter() {
        String seconds = header("retry-after");
        return seconds == null ? "; wait before the next try" : "; try again after " + oneLine(seconds) + " s";
    }

    private String redirect() {
        String location = header("location");
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

    /** Says nothing of headers and body, which may hold secrets. */
    @Override
    public String toString() {
        return "HttpResponse[" + status + ", " + body.remaining() + " bytes]";
    }
}
