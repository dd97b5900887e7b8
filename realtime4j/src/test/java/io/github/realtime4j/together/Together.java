package io.github.realtime4j.together;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.transport.InMemoryTransport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client and a server in memory. */
final class Together implements AutoCloseable {
    static final Endpoint ENDPOINT = Endpoint.custom(URI.create("ws://test/v1/realtime"));
    static final SessionConfig WRITTEN = SessionConfig.builder()
            .outputModalities(Modality.TEXT)
            .turnDetection(TurnDetection.OFF)
            .build();

    private final RealtimeServer server;
    private final RealtimeClient client;

    Together() {
        this(RealtimeServer.builder().inMemory().pacing(Pacing.NONE), ENDPOINT);
    }

    Together(RealtimeServer.Builder server, Endpoint endpoint) {
        this.server = server.start();
        this.client = RealtimeClient.builder()
                .endpoint(endpoint)
                .apiKey("test")
                .transport(new InMemoryTransport(this.server.acceptor()))
                .build();
    }

    RealtimeServer server() {
        return server;
    }

    RealtimeClient client() {
        return client;
    }

    Together replies(Reply... replies) {
        server.enqueue(replies);
        return this;
    }

    Together faults(Fault... faults) {
        server.enqueueFaults(faults);
        return this;
    }

    /** A session in writing, not connected yet. */
    RealtimeSession session() {
        return client.newSession(WRITTEN);
    }

    RealtimeSession session(SessionOptions.Builder options) {
        return client.newSession(WRITTEN, options.build());
    }

    RecordedSession recorded() throws Exception {
        return server.takeSession(Duration.ofSeconds(10));
    }

    /** The value of a future that a test would otherwise wait for in vain. */
    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
