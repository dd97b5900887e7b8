package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.net.URI;

final class DirectInMemoryTransportContractTest extends TransportContract {
    @Override
    Transport start(Acceptor acceptor, TransportOptions options) {
        return new InMemoryTransport(acceptor, Runnable::run, options);
    }

    @Override
    URI uri() {
        return URI.create("ws://memory/v1/realtime?model=m");
    }
}
