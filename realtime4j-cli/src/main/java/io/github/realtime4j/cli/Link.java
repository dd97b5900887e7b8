package io.github.realtime4j.cli;

import io.github.realtime4j.ConnectRefusedException;
import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RawTap;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An open connection and all that it needs, closed together. */
final class Link implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);
    private static final long GOODBYE_SECONDS = 2;

    private final RealtimeClient client;
    private final RealtimeConnection connection;
    private final @Nullable WireLog log;

    private Link(RealtimeClient client, RealtimeConnection connection, @Nullable WireLog log) {
        this.client = client;
        this.connection = connection;
        this.log = log;
    }

    /**
     * Connects to where the options say.
     *
     * @param embedded where the server of this process listens; null if the options name another
     * @param tap sees every message; null for none
     */
    static Link open(Terminal terminal, ConnectionOptions options, @Nullable URI embedded, @Nullable RawTap tap)
            throws IOException {
        Shell shell = terminal.shell();
        Endpoint endpoint = embedded == null ? options.endpoint(shell) : options.adjusted(Endpoint.custom(embedded));
        if (options.keyIsVisible()) {
            terminal.say(terminal.err(Terminal.Style.YELLOW, "warning: ")
                    + "a key on the command line can be seen by others; better set OPENAI_API_KEY");
        }
        Duration patience = options.timeout().compareTo(LONGEST_CONNECT) < 0 ? options.timeout() : LONGEST_CONNECT;
        RealtimeClient client = RealtimeClient.builder()
                .endpoint(endpoint)
                .apiKey(embedded == null ? options.apiKey(shell) : "embedded")
                .connectTimeout(patience)
                .transportOptions(transport(options))
                .build();
        WireLog log = options.json() ? new WireLog(terminal) : null;
        terminal.detail("connecting to " + withoutUser(endpoint.uri()));
        terminal.status("● connecting");
        try {
            return new Link(client, client.open(endpoint, both(log, tap)), log);
        } catch (RuntimeException e) {
            client.close();
            boolean keyless = embedded == null && options.apiKey(shell) == null;
            throw keyless && e instanceof ConnectRefusedException ? CommandFailure.keyless(e) : e;
        }
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

    private static TransportOptions transport(ConnectionOptions options) throws IOException {
        SSLContext ssl = null;
        if (options.insecureTls()) {
            ssl = Trust.everything();
        } else if (options.cacert() != null) {
            ssl = Trust.in(options.cacert());
        }
        return TransportOptions.DEFAULT.sslContext(ssl);
    }

    /** Where it leads. */
    String address() {
        return withoutUser(client.endpoint().uri());
    }

    private static String withoutUser(URI uri) {
        return uri.toString().replaceAll("//[^/@]*@", "//...@");
    }

    RealtimeConnection connection() {
        return connection;
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
        boolean interrupted = Thread.interrupted();
        connection.close();
        try {
            connection.ended().orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            connection.abort();
        }
        client.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
