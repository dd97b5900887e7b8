package io.github.realtime4j.netty;

import java.net.URI;
import java.util.Locale;

/**
 * Where a connection goes.
 *
 * @param protocol {@code ws} or {@code http}, secure or not
 * @param host a name or an address literal without brackets
 * @param path path and query as they go on the wire
 */
record Target(String protocol, boolean secure, String host, int port, String path) {

    /**
     * @param protocol {@code ws} or {@code http}; with an {@code s} behind it is secure
     * @throws IllegalArgumentException if it is no address of that protocol with a host
     */
    static Target of(URI uri, String protocol) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals(protocol + "s");
        if (!secure && !scheme.equals(protocol)) {
            throw new IllegalArgumentException("the address must start with " + protocol + ":// or " + protocol
                    + "s://, but its scheme is \"" + scheme + "\"");
        }
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("the " + scheme + " address has no valid host name");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(secure);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Target(protocol, secure, host.replaceAll("[\\[\\]]", ""), port, path + query);
    }

    /** {@code ws://} or {@code http://}. */
    String plainScheme() {
        return protocol + "://";
    }

    /** {@code wss://} or {@code https://}. */
    String secureScheme() {
        return protocol + "s://";
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@code host:port}. */
    String authority() {
        return bracketed() + ":" + port;
    }

    /** The value of the {@code Host} header: without the port if it is the scheme's own. */
    String hostHeader() {
        return port == defaultPort(secure) ? bracketed() : authority();
    }

    boolean isLiteral() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** The address without its query, which may hold a key. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return (secure ? secureScheme() : plainScheme()) + hostHeader() + (query < 0 ? path : path.substring(0, query));
    }
}
