package io.github.realtime4j.server.session;

import io.github.realtime4j.server.RecordedSession.Opening;
import io.github.realtime4j.server.http.Credentials;
import io.github.realtime4j.transport.Handshake;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Handshakes without their secrets. */
final class Openings {
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "api-key", "cookie", "proxy-authorization", "sec-websocket-protocol", "x-api-key");
    private static final Set<String> PLAIN_QUERY = Set.of("model", "intent", "call_id", "api-version", "deployment");

    private Openings() {}

    static Opening of(Handshake handshake) {
        List<Opening.Header> headers = new ArrayList<>();
        for (Handshake.Header header : handshake.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!SECRET_HEADERS.contains(name)) {
                headers.add(new Opening.Header(name, header.value()));
            }
        }
        URI uri = handshake.uri();
        StringBuilder shown = new StringBuilder(uri.getPath() == null ? "" : uri.getPath());
        char separator = '?';
        for (var pair : Query.of(uri).values().entrySet()) {
            String value = PLAIN_QUERY.contains(pair.getKey()) ? pair.getValue() : "…";
            shown.append(separator).append(pair.getKey()).append('=').append(value);
            separator = '&';
        }
        return new Opening(shown.toString(), headers, Credentials.of(handshake).key() != null);
    }
}
