package io.github.realtime4j.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach a host.
 *
 * @param kind {@code DIRECT}, or the protocol to speak with the proxy
 * @param address the host's or the proxy's address, resolved
 */
record Route(Proxy.Type kind, InetSocketAddress address) {

    /**
     * Asks the proxy selector, then looks up names; may block.
     *
     * @return the routes to try in turn, at least one
     * @throws UnknownHostException if no name has an address; its message is the host
     */
    static List<Route> find(Target target, @Nullable ProxySelector selector, NameLookup names)
            throws UnknownHostException {
        List<Route> routes = new ArrayList<>();
        UnknownHostException unknown = new UnknownHostException(target.host());
        for (Proxy proxy : proxies(target, selector)) {
            boolean direct = !(proxy.address() instanceof InetSocketAddress);
            String host = proxy.address() instanceof InetSocketAddress at ? at.getHostString() : target.host();
            int port = proxy.address() instanceof InetSocketAddress at ? at.getPort() : target.port();
            try {
                for (InetAddress address : names.addresses(host)) {
                    routes.add(
                            new Route(direct ? Proxy.Type.DIRECT : proxy.type(), new InetSocketAddress(address, port)));
                }
            } catch (UnknownHostException e) {
                unknown = new UnknownHostException(host);
                unknown.initCause(e);
            }
        }
        if (routes.isEmpty()) {
            throw unknown;
        }
        return routes;
    }

    private static List<Proxy> proxies(Target target, @Nullable ProxySelector selector) {
        if (selector == null) {
            return List.of(Proxy.NO_PROXY);
        }
        List<Proxy> proxies = selector.select(askedAbout(target));
        return proxies == null || proxies.isEmpty() ? List.of(Proxy.NO_PROXY) : proxies;
    }

    private static URI askedAbout(Target target) {
        return URI.create((target.secure() ? "https://" : "http://") + target.authority() + "/");
    }

    /** Lets the selector try another proxy the next time. */
    void failed(Target target, @Nullable ProxySelector selector, Throwable cause) {
        if (selector != null && kind != Proxy.Type.DIRECT) {
            IOException reason = cause instanceof IOException io ? io : new IOException(cause);
            selector.connectFailed(askedAbout(target), address, reason);
        }
    }
}
