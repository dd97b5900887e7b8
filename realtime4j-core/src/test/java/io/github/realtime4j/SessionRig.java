package io.github.realtime4j;

import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.session.ManualScheduler;
import io.github.realtime4j.transport.InMemoryTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Sessions against a scripted server, in memory, on the test's own thread, with time that passes when told. */
final class SessionRig implements AutoCloseable {
    static final Endpoint ENDPOINT = Endpoint.custom(URI.create("ws://test/v1/realtime"));
    static final SessionConfig CONFIG =
            SessionConfig.builder().instructions("Be brief.").build();

    final ScriptedServer server = new ScriptedServer();
    final ManualScheduler time = new ManualScheduler();
    final List<SessionEnd> ends = new ArrayList<>();
    final Network network = new Network();
    private final List<RealtimeClient> clients = new ArrayList<>();

    /** Carries everything at once, or when told. */
    static final class Network implements Executor {
        private final Queue<Runnable> held = new ArrayDeque<>();
        private boolean holding;

        @Override
        public void execute(Runnable task) {
            if (holding) {
                held.add(task);
            } else {
                task.run();
            }
        }

        void hold() {
            holding = true;
        }

        void release() {
            holding = false;
            while (!held.isEmpty()) {
                held.remove().run();
            }
        }
    }

    RealtimeClient.Builder builder() {
        return RealtimeClient.builder()
                .apiKey("sk-secret")
                .timer(time)
                .nanoTime(time::nanoTime)
                .executor(Runnable::run)
                .endpoint(ENDPOINT)
                .transport(new InMemoryTransport(server::accept, network));
    }

    RealtimeClient client(RealtimeClient.Builder builder) {
        RealtimeClient client = builder.build();
        clients.add(client);
        return client;
    }

    RealtimeSession session() {
        return session(ENDPOINT, SessionOptions.DEFAULT);
    }

    RealtimeSession session(Endpoint endpoint, SessionOptions options) {
        return watched(client(builder().endpoint(endpoint)).newSession(CONFIG, options));
    }

    /** Remembers the session's end. */
    RealtimeSession watched(RealtimeSession session) {
        session.onEnd(ends::add);
        return session;
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Override
    public void close() {
        clients.forEach(RealtimeClient::close);
    }
}
