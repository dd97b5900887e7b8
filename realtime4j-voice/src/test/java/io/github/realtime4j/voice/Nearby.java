package io.github.realtime4j.voice;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import java.net.URI;

/** A server in this process and a client of it, each with threads of its own. */
final class Nearby implements AutoCloseable {
    final RealtimeServer server = RealtimeServer.builder()
            .inMemory()
            .synthesizer(new ToneSynthesizer())
            .start();
    final RealtimeClient client = client(transport());

    /** Another way to the server. */
    Transport transport() {
        return new InMemoryTransport(server.acceptor());
    }

    /** Another client. */
    RealtimeClient client(Transport transport) {
        return RealtimeClient.builder()
                .endpoint(Endpoint.custom(URI.create("ws://test/v1/realtime")))
                .apiKey("test")
                .transport(transport)
                .build();
    }

    /** A session that finds the user's turns, and soon. */
    RealtimeSession session() {
        return client.newSession(SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .build());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
