package io.github.realtime4j.server;

import io.github.realtime4j.Webhooks;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.http.CallRoutes;
import io.github.realtime4j.server.http.ClientSecrets;
import io.github.realtime4j.server.http.FaultyAcceptor;
import io.github.realtime4j.server.http.HttpFront;
import io.github.realtime4j.server.http.MemoryFront;
import io.github.realtime4j.server.http.RestHandler;
import io.github.realtime4j.server.http.RestRoutes;
import io.github.realtime4j.server.http.ServerTls;
import io.github.realtime4j.server.session.Admission;
import io.github.realtime4j.server.session.Calls;
import io.github.realtime4j.server.session.RequestedSession;
import io.github.realtime4j.server.session.ServerParts;
import io.github.realtime4j.server.session.SessionAcceptor;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.usage.RateLimits;
import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Realtime server in this process: the far end of the protocol, for tests, demonstrations and work without a key.
 *
 * <p>Script, run, verify:
 *
 * <pre>{@code
 * try (RealtimeServer server = RealtimeServer.start()) {
 *     server.enqueue(ScriptedResponse.functionCall("get_weather", "{\"city\":\"Porto\"}"));
 *     server.enqueue(ScriptedResponse.text("Take an umbrella."));
 *     // run a client against server.uri(), or against new InMemoryTransport(server.acceptor())
 *     assertThat(server.takeSession().types()).containsExactly(
 *             "session.update", "conversation.item.create", "response.create",
 *             "conversation.item.create", "response.create");
 * }
 * }</pre>
 *
 * <p>Without a script a {@link RuleBasedResponder} answers. Every method is safe from any thread.
 */
public final class RealtimeServer implements AutoCloseable {
    /** What webhooks are signed with unless {@link Builder#webhookSecret} says otherwise. It protects nothing. */
    public static final String WEBHOOK_SECRET = "whsec_cmVhbHRpbWU0ai1mb3ItdGVzdHMtb25seQ==";

    private static final long TOKENS_PER_MINUTE = 15_000_000;
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(10);

    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<RecordedSession> opened = new LinkedBlockingQueue<>();
    private final Queue<List<Fault>> faults = new ConcurrentLinkedQueue<>();
    private final RealtimeServerOptions options;
    private final ServerThreads threads;
    private final Calls calls;
    private final SessionAcceptor sessions;
    private final Acceptor acceptor;
    private final RestRoutes routes;

    /** Null for a server in memory. */
    private final @Nullable HttpFront front;

    private RealtimeServer(RealtimeServerOptions options) throws IOException {
        this.options = options;
        this.threads = options.sameThread ? ServerThreads.sameThread() : ServerThreads.pools();
        Set<String> keys = options.keys;
        ClientSecrets secrets =
                new ClientSecrets(key -> Admission.isKey(keys, key), new RequestedSession(options.time), options.time);
        ServerParts parts = new ServerParts(
                new Admission(keys, secrets, options.dialect, options.anyModel),
                options.dialect,
                options.responder,
                script,
                options.transcriber,
                options.synthesizer,
                options.mcp,
                options.pacing,
                new RateLimits(TOKENS_PER_MINUTE, options.time),
                options.time,
                options.sessionLimit,
                threads.loops(),
                threads.workers(),
                this::remember,
                options.maxRecordedBytes);
        this.calls = new Calls(parts, Webhooks.of(options.webhookSecret));
        this.sessions = new SessionAcceptor(parts, calls);
        this.routes = new RestRoutes()
                .on("POST", ClientSecrets.PATH, secrets)
                .on("POST", ClientSecrets.TRANSLATION_PATH, secrets)
                .under(CallRoutes.PATH, new CallRoutes(secrets, calls));
        Acceptor faulty = new FaultyAcceptor(sessions, this::takeFaults, options.time::schedule);
        this.acceptor = new MemoryFront(faulty, routes);
        this.front = options.inMemory ? null : HttpFront.start(options.front(), acceptor, routes);
    }

    private List<Fault> takeFaults(Handshake handshake) {
        List<Fault> next = faults.poll();
        if (next == null) {
            return options.faults;
        }
        List<Fault> all = new ArrayList<>(next);
        all.addAll(options.faults);
        return all;
    }

    /**
     * A server on a free port of 127.0.0.1 that lets any key in.
     *
     * @throws UncheckedIOException if it cannot listen
     */
    public static RealtimeServer start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    private void remember(RecordedSession session) {
        if (options.maxRecordedBytes > 0) {
            opened.add(session);
            while (opened.size() > options.maxRecordedSessions) {
                opened.poll();
            }
        }
    }

    /**
     * Where sessions are: {@code ws://127.0.0.1:port/v1/realtime}, or {@code wss}.
     *
     * @throws IllegalStateException for a server in memory
     */
    public URI uri() {
        return front().socketUri();
    }

    /**
     * What HTTP clients put before a path: {@code http://127.0.0.1:port/v1}, or {@code https}.
     *
     * @throws IllegalStateException for a server in memory
     */
    public URI baseUrl() {
        return front().baseUri();
    }

    private HttpFront front() {
        if (front == null) {
            throw new IllegalStateException("This server is in memory only: connect to acceptor()");
        }
        return front;
    }

    /** The certificate to trust, in PEM; null without TLS. */
    public @Nullable String certificatePem() {
        return options.tls == null ? null : options.tls.certificatePem();
    }

    /** Takes connections and requests in memory: {@code new InMemoryTransport(server.acceptor())} is the whole server without a socket. */
    public Acceptor acceptor() {
        return acceptor;
    }

    /** Replies for the next responses, of any session, before the responder is asked. */
    public RealtimeServer enqueue(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** Replies that no response has taken yet. */
    public int queuedReplies() {
        return script.size();
    }

    /** The next connection, and no other, misbehaves in these ways, and in those of all connections. */
    public RealtimeServer enqueueFaults(Fault... nextConnection) {
        faults.add(List.of(nextConnection));
        return this;
    }

    /**
     * Somebody calls the application under test by telephone. Nobody is told: post {@link IncomingCall#webhook} to the
     * application, or hand it over.
     *
     * @param from the SIP header {@code From}: {@code sip:+14255550100@example.com}
     */
    public IncomingCall ring(String from) {
        return calls.ring(from);
    }

    /** What is neither a session nor {@code /healthz}, without a socket. */
    RestHandler rest() {
        return routes;
    }

    /** How many connections are open. */
    public int connections() {
        return sessions.connections();
    }

    /**
     * The next session, in the order in which they connected, once its connection has ended, so that the record is
     * complete. Waits up to ten seconds.
     *
     * @throws TimeoutException if there is none in time
     */
    public RecordedSession takeSession() throws InterruptedException, TimeoutException {
        return takeSession(TAKE_TIMEOUT);
    }

    /** The same with another patience. */
    public RecordedSession takeSession(Duration timeout) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        RecordedSession session = awaitSession(timeout);
        session.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        return session;
    }

    /**
     * The next session, in the order in which they connected, as soon as it has: its record still grows.
     *
     * @throws TimeoutException if there is none in time
     */
    public RecordedSession awaitSession(Duration timeout) throws InterruptedException, TimeoutException {
        RecordedSession session = opened.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (session == null) {
            throw new TimeoutException("No session connected within " + timeout.toMillis() + " ms");
        }
        return session;
    }

    /** Says goodbye to every client with 1001, waits a second for their answers, and frees port and threads. */
    @Override
    public void close() {
        if (front != null) {
            front.close(GOODBYE);
        }
        calls.endAll();
        sessions.abortAll();
        threads.close();
    }

    /** Gathers options; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private final RealtimeServerOptions options = new RealtimeServerOptions();

        private Builder() {}

        /** Where to listen; a free port of 127.0.0.1 unless set. */
        public Builder listenOn(String host, int port) {
            options.host = host;
            options.port = port;
            return this;
        }

        /** Listens nowhere: clients connect to {@link RealtimeServer#acceptor()}. */
        public Builder inMemory() {
            options.inMemory = true;
            return this;
        }

        /** TLS with a fresh certificate for localhost; see {@link RealtimeServer#certificatePem()}. */
        public Builder tls() {
            options.tls = ServerTls.selfSigned();
            return this;
        }

        /**
         * TLS with a given certificate.
         *
         * @param certificates PEM: the server's own first
         * @param key PEM: an unencrypted PKCS#8 key
         * @throws IOException if a file is not what it should be
         */
        public Builder tls(Path certificates, Path key) throws IOException {
            options.tls = ServerTls.of(certificates, key);
            return this;
        }

        /** Only these API keys are let in; any key that is not empty if none is named. */
        public Builder keys(String... keys) {
            options.keys = Set.of(keys);
            return this;
        }

        /** {@link Dialect#BETA} to speak as the service did before GA. */
        public Builder dialect(Dialect dialect) {
            options.dialect = dialect;
            return this;
        }

        /** Takes models that the service does not have, such as Azure's deployment names, for {@code gpt-realtime}. */
        public Builder anyModel() {
            options.anyModel = true;
            return this;
        }

        public Builder responder(Responder responder) {
            options.responder = responder;
            return this;
        }

        public Builder transcriber(Transcriber transcriber) {
            options.transcriber = transcriber;
            return this;
        }

        public Builder synthesizer(SpeechSynthesizer synthesizer) {
            options.synthesizer = synthesizer;
            return this;
        }

        /** MCP servers that this server plays. */
        public Builder mcp(McpCatalogue catalogue) {
            options.mcp = catalogue;
            return this;
        }

        /**
         * Signs the webhooks of {@link RealtimeServer#ring}; {@link RealtimeServer#WEBHOOK_SECRET} unless set.
         *
         * @param secret {@code whsec_} and a key in Base64
         */
        public Builder webhookSecret(String secret) {
            options.webhookSecret = secret;
            return this;
        }

        public Builder pacing(Pacing pacing) {
            options.pacing = pacing;
            return this;
        }

        public Builder time(ServerTime time) {
            options.time = time;
            return this;
        }

        /** After this long a session is closed with {@code session_expired}; 60 minutes unless set. */
        public Builder sessionLimit(Duration limit) {
            options.sessionLimit = limit;
            return this;
        }

        /** Every connection misbehaves in these ways; each counts its own events. */
        public Builder faults(Fault... faults) {
            options.faults = List.of(faults);
            return this;
        }

        /** How much of each session is recorded, audio included; 0 for nothing. The oldest events go first. */
        public Builder recording(long maxBytesPerSession, int maxSessions) {
            options.maxRecordedBytes = maxBytesPerSession;
            options.maxRecordedSessions = maxSessions;
            return this;
        }

        /**
         * Does everything on the calling threads, responder and synthesizer included. With {@code new
         * InMemoryTransport(server.acceptor(), Runnable::run)} and {@link ManualTime} a whole conversation is one thread,
         * in the same order each time. In memory only.
         */
        public Builder sameThread() {
            options.sameThread = true;
            options.inMemory = true;
            return this;
        }

        /**
         * @throws UncheckedIOException if it cannot listen where it should
         */
        public RealtimeServer start() {
            try {
                return new RealtimeServer(options.copy());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
