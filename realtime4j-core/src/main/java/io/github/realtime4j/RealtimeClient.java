package io.github.realtime4j;

import static java.util.Objects.requireNonNull;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.history.ConversationLog;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.session.Callbacks;
import io.github.realtime4j.session.Confinement;
import io.github.realtime4j.session.Lane;
import io.github.realtime4j.session.ReadGate;
import io.github.realtime4j.session.ReceivedAudio;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.TransportProvider;
import io.github.realtime4j.usage.UsageMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to a Realtime server, and sends the REST requests beside them. All of them share one transport with its few threads, so one client serves a
 * whole application; closing it ends them all. Safe for use by any thread.
 */
public final class RealtimeClient implements AutoCloseable {
    private final Endpoint endpoint;
    private final Supplier<@Nullable String> key;
    private final List<Header> headers;
    private final Duration connectTimeout;
    private final Transport transport;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final @Nullable ExecutorService ownExecutor;
    private final LongSupplier nanoTime;

    /** Sessions that are being connected, and may wait for the timer only. */
    private final Set<SessionLife> connecting = ConcurrentHashMap.newKeySet();

    private final RestRequests rest;

    private RealtimeClient(Builder builder) {
        this.endpoint = builder.endpoint == null ? Endpoint.fromEnvironment() : builder.endpoint;
        this.key = builder.key;
        this.headers = List.copyOf(builder.headers);
        this.connectTimeout = builder.connectTimeout;
        this.transport = builder.transport == null ? defaultTransport(builder.options) : builder.transport;
        this.timer = builder.timer == null ? newTimer() : builder.timer;
        Executor given = builder.executor;
        ExecutorService own = given == null ? CallbackThreads.newExecutor() : null;
        this.ownExecutor = own;
        this.executor = new Callbacks(own == null ? requireNonNull(given) : own);
        this.nanoTime = builder.nanoTime;
        this.rest = new RestRequests(
                transport, endpoint, () -> handshake(endpoint).headers(), connectTimeout, timer, executor);
    }

    public static Builder builder() {
        return new Builder();
    }

    private static Transport defaultTransport(TransportOptions options) {
        return ServiceLoader.load(TransportProvider.class, RealtimeClient.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No transport on the class path: depend on io.github.realtime4j:realtime4j, or pass one to the builder"))
                .create(options);
    }

    private static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "realtime4j-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** A session with the server's settings; see {@link #newSession(SessionConfig, SessionOptions)}. */
    public RealtimeSession newSession() {
        return newSession(SessionOptions.DEFAULT);
    }

    /** A session with the server's settings; see {@link #newSession(SessionConfig, SessionOptions)}. */
    public RealtimeSession newSession(SessionOptions options) {
        return newSession(SessionConfig.builder().build(), options);
    }

    /** A session with these settings; see {@link #newSession(SessionConfig, SessionOptions)}. */
    public RealtimeSession newSession(SessionConfig config) {
        return newSession(config, SessionOptions.DEFAULT);
    }

    /**
     * A session that is yet to be connected: handlers and tools are attached first, so that they miss nothing. A model in the
     * configuration takes the place of the endpoint's.
     */
    public RealtimeSession newSession(SessionConfig config, SessionOptions options) {
        Model model = config.model();
        return session(model == null ? endpoint : endpoint.model(model), config, options);
    }

    /**
     * A session beside a WebRTC or telephone call that is running: it sees and does everything but the audio. Connecting
     * waits a few seconds for a call that was accepted just now.
     */
    public RealtimeSession newSideband(String callId, SessionConfig config, SessionOptions options) {
        return session(endpoint.forCall(callId), config, options);
    }

    /** A transcription with these settings; see {@link #transcribe(SessionConfig, SessionOptions)}. */
    public TranscriptionSession transcribe(SessionConfig config) {
        return transcribe(config, SessionOptions.DEFAULT);
    }

    /**
     * A session that writes down what it hears; it is yet to be connected.
     *
     * @param config from {@link SessionConfig#transcription}, with a transcription model
     */
    public TranscriptionSession transcribe(SessionConfig config, SessionOptions options) {
        SessionParts parts = parts(endpoint.transcription(), options);
        return new TranscriptionSession(session(parts, config), parts);
    }

    /** A translation with these settings; see {@link #translate(SessionConfig, SessionOptions)}. */
    public TranslationSession translate(SessionConfig config) {
        return translate(config, SessionOptions.DEFAULT);
    }

    /**
     * A session that translates what it hears; it is yet to be connected.
     *
     * @param config from {@link SessionConfig#translation}, with a language
     */
    public TranslationSession translate(SessionConfig config, SessionOptions options) {
        SessionParts parts = parts(endpoint.translation(), options);
        return new TranslationSession(session(parts, config), parts);
    }

    private RealtimeSession session(Endpoint endpoint, SessionConfig config, SessionOptions options) {
        return session(parts(endpoint, options), config);
    }

    private RealtimeSession session(SessionParts parts, SessionConfig config) {
        return new RealtimeSession(new SessionLife(this, parts, config));
    }

    private SessionParts parts(Endpoint endpoint, SessionOptions options) {
        Confinement confinement = new Confinement();
        Executor callbacks = confinement.putOff(executor);
        ReadGate gate = new ReadGate();
        return new SessionParts(
                endpoint,
                options,
                confinement,
                callbacks,
                timer,
                confinement.deadlines(timer),
                nanoTime,
                gate,
                new Subscriptions(confinement, callbacks, gate),
                new ConversationLog(),
                new UsageMeter(options.prices(), Clock.systemUTC()),
                new ReceivedAudio(),
                new SessionSettings(),
                new Tapping(options.tap()),
                new Measurements(options.listener(), new Lane(callbacks, gate), nanoTime));
    }

    /** A session begins to connect; when the client is closed before it has, the session ends. */
    void connecting(SessionLife life) {
        connecting.add(life);
        life.opened().whenComplete((open, problem) -> connecting.remove(life));
    }

    /** Starts a connection for a session. */
    CompletableFuture<Connection> dial(Endpoint endpoint, Tapping tap, Opening.Events events) {
        EventCodec codec = EventCodec.of(endpoint.dialect());
        return Opening.open(transport, handshake(endpoint), endpoint, codec, tap, timer, events);
    }

    Executor executor() {
        return executor;
    }

    /** Opens a connection to the client's endpoint; see {@link #open(Endpoint, RawTap)}. */
    public RealtimeConnection open() {
        return open(endpoint, null);
    }

    /** Opens a connection; see {@link #open(Endpoint, RawTap)}. */
    public RealtimeConnection open(Endpoint endpoint) {
        return open(endpoint, null);
    }

    /**
     * Opens a connection: a typed pipe for events. Blocks until the server has greeted with {@code session.created} (which
     * is then the first event to be received), or right after the handshake for an endpoint that does not greet.
     *
     * @param tap sees every message, from the first on; null for none
     * @throws ConnectRefusedException if there is nobody, or key, model or request are not accepted, or time runs out
     */
    public RealtimeConnection open(Endpoint endpoint, @Nullable RawTap tap) {
        try {
            return openAsync(endpoint, tap).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConnectRefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /**
     * Like {@link #open(Endpoint, RawTap)}, without blocking; fails with {@link ConnectRefusedException}. Who has completed or
     * cancelled the future meanwhile gets no connection: it is dropped.
     */
    public CompletableFuture<RealtimeConnection> openAsync(Endpoint endpoint, @Nullable RawTap tap) {
        Handshake handshake;
        try {
            handshake = handshake(endpoint);
        } catch (ConnectRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return RealtimeConnection.open(transport, handshake, endpoint, tap, timer);
    }

    private Handshake handshake(Endpoint endpoint) {
        String secret = key.get();
        if (secret == null && endpoint.keyRequired()) {
            throw ConnectRefusedException.before(
                    "No API key: pass one to RealtimeClient.builder().apiKey(…) or set OPENAI_API_KEY");
        }
        List<Header> all = new ArrayList<>(endpoint.headers(secret));
        all.addAll(headers);
        return new Handshake(endpoint.uri(), all, List.of(), connectTimeout);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Short-lived keys for browsers and devices. */
    public ClientSecrets clientSecrets() {
        return new ClientSecrets(rest);
    }

    /** WebRTC and telephone calls. */
    public Calls calls() {
        return new Calls(rest);
    }

    /** Aborts what is open. */
    @Override
    public void close() {
        rest.close();
        connecting.forEach(SessionLife::abort);
        transport.close();
        timer.shutdownNow();
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    /** Gathers what a client needs; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private @Nullable Endpoint endpoint;
        private Supplier<@Nullable String> key = () -> nonEmpty(System.getenv("OPENAI_API_KEY"));
        private final List<Header> headers = new ArrayList<>();
        private Duration connectTimeout = Duration.ofSeconds(15);
        private TransportOptions options = TransportOptions.DEFAULT;
        private @Nullable Transport transport;
        private @Nullable ScheduledExecutorService timer;
        private @Nullable Executor executor;
        private LongSupplier nanoTime = System::nanoTime;

        private Builder() {}

        private static @Nullable String nonEmpty(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }

        /** {@link Endpoint#fromEnvironment()} unless set. */
        public Builder endpoint(Endpoint endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        /** A key or a client secret; the environment's {@code OPENAI_API_KEY} unless set. */
        public Builder apiKey(@Nullable String key) {
            this.key = () -> nonEmpty(key);
            return this;
        }

        /** A source of keys, asked anew for every connection: for tokens that expire. May block; not on an I/O thread. */
        public Builder apiKey(Supplier<String> key) {
            this.key = () -> nonEmpty(key.get());
            return this;
        }

        /** {@code OpenAI-Organization}: whom to bill. */
        public Builder organization(String id) {
            return header("OpenAI-Organization", id);
        }

        /** {@code OpenAI-Project}: what to bill. */
        public Builder project(String id) {
            return header("OpenAI-Project", id);
        }

        /** {@code OpenAI-Safety-Identifier}: a hash that stands for the end user. */
        public Builder safetyIdentifier(String hash) {
            return header("OpenAI-Safety-Identifier", hash);
        }

        /** A further header of every handshake. */
        public Builder header(String name, String value) {
            headers.add(new Header(name, value));
            return this;
        }

        /** From the call to the 101, and from there to the greeting; for a REST request, to its whole answer. 15 s unless set. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = timeout;
            return this;
        }

        /** Limits, proxies, TLS and pings of the default transport. */
        public Builder transportOptions(TransportOptions options) {
            this.options = options;
            return this;
        }

        /** A transport of one's own instead of the one on the class path; closed with the client. */
        public Builder transport(Transport transport) {
            this.transport = transport;
            return this;
        }

        /**
         * Runs the application's code: handlers, what follows futures, functions. It must not run out of threads when they
         * block. Virtual threads where there are any, or else as many threads as are needed, unless set.
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /** Where times come from, in nanoseconds. */
        Builder nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /** Where deadlines come from; shut down with the client. */
        Builder timer(ScheduledExecutorService timer) {
            this.timer = timer;
            return this;
        }

        public RealtimeClient build() {
            return new RealtimeClient(this);
        }
    }
}
