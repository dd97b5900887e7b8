package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class InMemoryTransportContractTest extends TransportContract {
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @Override
    Transport start(Acceptor acceptor, TransportOptions options) {
        closeLater(threads::shutdown);
        return new InMemoryTransport(acceptor, threads, options);
    }

    @Override
    URI uri() {
        return URI.create("ws://memory/v1/realtime?model=m");
    }
}
