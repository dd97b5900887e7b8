package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Handshake.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, whole.
 *
 * @param method in capitals
 * @param path decoded, without query, in OpenAI's form: Azure's {@code /openai} in front is taken away
 * @param query after the question mark, as sent; empty for none
 * @param headers in the order of the wire
 * @param body as UTF-8 text, bounded by {@link FrontOptions#maxBodyBytes}
 */
public record RestRequest(String method, String path, String query, List<Header> headers, String body) {
    public RestRequest {
        headers = List.copyOf(headers);
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

    /** Says nothing of headers and body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
