package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.TransportProvider;

/** Makes a {@link NettyTransport} for a client that was not given a transport. */
public final class NettyTransportProvider implements TransportProvider {
    /** For {@link java.util.ServiceLoader}. */
    public NettyTransportProvider() {}

    @Override
    public Transport create(TransportOptions options) {
        return new NettyTransport(options);
    }
}
