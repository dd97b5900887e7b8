package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class NettyTransportProviderTest {
    @Test
    void isFoundByTheServiceLoader() {
        TransportProvider provider =
                ServiceLoader.load(TransportProvider.class).findFirst().orElseThrow();
        try (Transport transport = provider.create(Fixtures.PLAIN)) {
            assertThat(transport).isInstanceOf(NettyTransport.class);
        }
    }
}
