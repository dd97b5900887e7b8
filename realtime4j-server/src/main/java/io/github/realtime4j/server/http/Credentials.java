package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, from wherever clients put it: {@code Authorization} (bearer or basic), Azure's {@code api-key}
 * header or query parameter, or a browser's subprotocols.
 *
 * @param key null when none was sent
 * @param beta whether the removed beta was asked for, by header or subprotocol
 */
public record Credentials(
        @Nullable String key,
        @Nullable String organization,
        @Nullable String project,
        boolean beta) {
    private static final String KEY_SUBPROTOCOL = "openai-insecure-api-key.";
    private static final String ORGANIZATION_SUBPROTOCOL = "openai-organization.";
    private static final String PROJECT_SUBPROTOCOL = "openai-project.";
    private static final String BETA_SUBPROTOCOL = "openai-beta.realtime-v1";

    /** Of a WebSocket handshake. */
    public static Credentials of(Handshake handshake) {
        return read(
                handshake.headers(), handshake.subprotocols(), handshake.uri().getRawQuery());
    }

    /** Of a plain HTTP request. */
    public static Credentials of(RestRequest request) {
        return read(request.headers(), List.of(), request.query());
    }

    private static Credentials read(List<Header> headers, List<String> subprotocols, @Nullable String query) {
        String key = null;
        String organization = null;
        String project = null;
        boolean beta = subprotocols.contains(BETA_SUBPROTOCOL);
        for (String subprotocol : subprotocols) {
            key = orElse(key, after(KEY_SUBPROTOCOL, subprotocol));
            organization = orElse(organization, after(ORGANIZATION_SUBPROTOCOL, subprotocol));
            project = orElse(project, after(PROJECT_SUBPROTOCOL, subprotocol));
        }
        key = orElse(key, query == null ? null : parameter(query, "api-key"));
        for (Header header : headers) {
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "authorization" -> key = orElse(fromAuthorization(header.value()), key);
                case "api-key" -> key = orElse(blankAsNull(header.value()), key);
                case "openai-organization" -> organization = header.value();
                case "openai-project" -> project = header.value();
                case "openai-beta" -> beta |= header.value().contains("realtime=v1");
                default -> {}
            }
        }
        return new Credentials(key, organization, project, beta);
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String after(String prefix, String text) {
        return text.startsWith(prefix) ? blankAsNull(text.substring(prefix.length())) : null;
    }

    private static @Nullable String parameter(String query, String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                try {
                    String value = URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                    return blankAsNull(value);
                } catch (IllegalArgumentException notEncoded) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The key is a bearer token, or the password of basic authentication; some send it as the user's name. */
    private static @Nullable String fromAuthorization(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String scheme = value.substring(0, space);
        String rest = value.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("bearer")) {
            return blankAsNull(rest);
        }
        if (!scheme.equalsIgnoreCase("basic")) {
            return null;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(rest), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            String password = colon < 0 ? null : blankAsNull(pair.substring(colon + 1));
            return orElse(password, blankAsNull(colon < 0 ? pair : pair.substring(0, colon)));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return "Credentials[" + (key == null ? "no key" : "a key") + "]";
    }
}
