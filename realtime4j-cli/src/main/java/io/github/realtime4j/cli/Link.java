package io.github.realtime4j.cli;

import io.github.realtime4j.CommandTimeoutException;
import io.github.realtime4j.ConnectRefusedException;
import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RawTap;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ServerErrorException;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client, its one session and all that they need, closed together. */
final class Link implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Duration patience;
    private final RealtimeClient client;
    private final boolean keyless;
    private final @Nullable WireLog log;
    private @Nullable RealtimeSession session;

    private Link(Terminal terminal, ConnectionOptions options, RealtimeClient client, boolean keyless) {
        this.terminal = terminal;
        this.patience = options.timeout();
        this.client = client;
        this.keyless = keyless;
        this.log = options.json() ? new WireLog(terminal) : null;
    }

    /**
     * A link to where the options say, not connected yet.
     *
     * @param embedded where the server of this process listens; null if the options name another
     */
    static Link to(Terminal terminal, ConnectionOptions options, @Nullable URI embedded) throws IOException {
        Shell shell = terminal.shell();
        Endpoint endpoint = embedded == null ? options.endpoint(shell) : options.adjusted(Endpoint.custom(embedded));
        if (options.keyIsVisible()) {
            terminal.say(terminal.err(Terminal.Style.YELLOW, "warning: ")
                    + "a key on the command line can be seen by others; better set OPENAI_API_KEY");
        }
        Duration patience = options.timeout().compareTo(LONGEST_CONNECT) < 0 ? options.timeout() : LONGEST_CONNECT;
        String key = embedded == null ? options.apiKey(shell) : "embedded";
        RealtimeClient client = RealtimeClient.builder()
                .endpoint(endpoint)
                .apiKey(key)
                .connectTimeout(patience)
                .transportOptions(transport(options))
                .build();
        return new Link(terminal, options, client, key == null);
    }

    private static TransportOptions transport(ConnectionOptions options) throws IOException {
        SSLContext ssl = null;
        if (options.insecureTls()) {
            ssl = Trust.everything();
        } else if (options.cacert() != null) {
            ssl = Trust.in(options.cacert());
        }
        return TransportOptions.DEFAULT.sslContext(ssl);
    }

    RealtimeClient client() {
        return client;
    }

    /** How its session behaves on this side. */
    SessionOptions options() {
        return options(null);
    }

    /** @param tap sees every message; null for none */
    SessionOptions options(@Nullable RawTap tap) {
        SessionOptions.Builder options =
                SessionOptions.builder().commandTimeout(patience).closeTimeout(GOODBYE);
        RawTap all = both(log, tap);
        return (all == null ? options : options.tap(all)).build();
    }

    private static @Nullable RawTap both(@Nullable RawTap one, @Nullable RawTap other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (direction, message) -> {
            one.message(direction, message.duplicate());
            other.message(direction, message);
        };
    }

    /** Connects a conversation; see {@link #connect(RealtimeSession, Endpoint)}. */
    RealtimeSession connect(RealtimeSession conversation) throws InterruptedException {
        connect(conversation, client.endpoint());
        return conversation;
    }

    /**
     * Connects the session of this link, and waits until the server has taken its configuration.
     *
     * @param there where it connects to, to be told
     */
    void connect(RealtimeSession session, Endpoint there) throws InterruptedException {
        this.session = session;
        terminal.detail("connecting to " + address(there));
        terminal.status("● connecting");
        try {
            session.connectAsync().get();
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        }
        requireReader();
    }

    private RuntimeException refusal(@Nullable Throwable cause) {
        if (cause instanceof ConnectRefusedException refused) {
            return keyless ? CommandFailure.keyless(refused) : refused;
        } else if (cause instanceof ServerErrorException error) {
            String param = error.error().param();
            String message = "the server refuses the session: " + error.getMessage();
            return param != null && param.endsWith("model")
                    ? CommandFailure.refused(message, error)
                    : CommandFailure.failed(message, error);
        } else if (cause instanceof CommandTimeoutException late) {
            return CommandFailure.failed(
                    "the server did not acknowledge session.update within " + Durations.text(patience)
                            + "; --timeout makes this command wait longer",
                    late);
        }
        return unchecked(cause);
    }

    /**
     * What becomes of something; what it fails with is thrown.
     *
     * @throws TimeoutException if it fails with that
     */
    static <T> T await(Future<T> future) throws InterruptedException, TimeoutException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** Where it leads. */
    String address() {
        return address(client.endpoint());
    }

    private static String address(Endpoint endpoint) {
        return endpoint.uri().toString().replaceAll("//[^/@]*@", "//...@");
    }

    /** Whether who is asked there takes OpenAI's list prices for it. */
    boolean isBilled() {
        return "api.openai.com".equals(client.endpoint().uri().getHost());
    }

    /** Ends the command if nobody reads what it writes. */
    void requireReader() {
        if (log != null && log.isClosed()) {
            throw new OutputClosedException();
        }
    }

    /** Says goodbye to the server, and waits a moment for its answer. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
        client.close();
    }
}
