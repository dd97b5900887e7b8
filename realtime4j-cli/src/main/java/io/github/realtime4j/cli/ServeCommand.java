package io.github.realtime4j.cli;

import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.transport.ConnectionEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code realtime serve}. */
@Command(
        name = "serve",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "Run the embedded server for other clients.",
        description = {
            "%nListens, prints 'listening on ws://HOST:PORT/v1/realtime' to stdout, and serves until Ctrl-C. Point any "
                    + "Realtime client at it. Any key is let in unless --key names one; none at all is refused, as the "
                    + "service does."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Faults|@ of every connection; @EVENT:N is the N-th event of a type:",
            "  refuse=503                              answer the upgrade with this status",
            "  close=1011@response.created             close after a server event",
            "  reset@response.output_audio.delta:3     drop the TCP connection",
            "  stall@response.created                  stay connected and do nothing",
            "  malformed=TRUNCATED_JSON@response.done  send one bad frame",
            "  delay=2s@response.created               hold a server event back",
            "  drop@session.updated                    never send a server event",
            "  ignore@session.update                   never act on a client event",
            "  error=server_error@response.create      refuse a client event",
            "  slow=1000                               read so many bytes a second",
            "",
            "@|bold Examples:|@",
            "  realtime serve --port 8080",
            "  OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=any realtime ask Hello",
            "  realtime serve --tls --cert-out cert.pem",
            "  realtime serve --record sessions --fault close=1011@response.created",
            "",
            "@|bold Exit codes:|@ 0 stopped by Ctrl-C or SIGTERM; 1 cannot listen; 2 wrong usage."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RECORDED_BYTES = 64L << 20;

    /** Enough to know of each session; its events are not wanted. */
    private static final long UNRECORDED_BYTES = 1_024;

    private final Terminal terminal;

    @Option(names = "--host", paramLabel = "HOST", description = "Where to listen; 127.0.0.1 unless given.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "0, which is the default, for any free one.")
    private int port;

    @Option(names = "--tls", description = "TLS with a fresh certificate for localhost.")
    private boolean tls;

    @Option(names = "--cert", paramLabel = "FILE", description = "TLS with this certificate (PEM, with its chain).")
    private @Nullable Path cert;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The certificate's key (PEM, PKCS#8).")
    private @Nullable Path keyFile;

    @Option(names = "--cert-out", paramLabel = "FILE", description = "Write the certificate for clients to trust.")
    private @Nullable Path certOut;

    @Option(names = "--key", paramLabel = "KEY", description = "Let only this API key in; may be repeated.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--dialect", paramLabel = "ga|beta", description = "What to speak; ga unless given.")
    private Dialect dialect = Dialect.GA;

    @Option(names = "--any-model", description = "Take models that the service does not have.")
    private boolean anyModel;

    @Option(names = "--record", paramLabel = "DIR", description = "Write each session's events to a file for inspect.")
    private @Nullable Path record;

    @Option(names = "--fault", paramLabel = "FAULT", description = "Misbehave, on every connection; may be repeated.")
    private List<String> faults = new ArrayList<>();

    private final Map<Integer, RecordedSession> open = new TreeMap<>();
    private int number;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("--port is " + port + ": expected 0 to 65535");
        }
        RealtimeServer.Builder builder = builder();
        if (record != null) {
            Files.createDirectories(record);
        }
        try (RealtimeServer server = builder.start()) {
            announce(server);
            serve(server);
        }
        flush();
        terminal.say("stopped");
        return ExitCode.SUCCESS;
    }

    private RealtimeServer.Builder builder() throws IOException {
        RealtimeServer.Builder builder = RealtimeServer.builder()
                .listenOn(host, port)
                .dialect(dialect)
                .keys(keys.toArray(String[]::new))
                .faults(faults.stream().map(Faults::parse).toArray(Fault[]::new))
                .recording(record == null ? UNRECORDED_BYTES : RECORDED_BYTES, 1_000);
        if (cert != null && keyFile != null) {
            builder.tls(cert, keyFile);
        } else if (cert != null || keyFile != null) {
            throw CommandFailure.usage("--cert and --key-file go together");
        } else if (tls) {
            builder.tls();
        }
        return anyModel ? builder.anyModel() : builder;
    }

    private void announce(RealtimeServer server) throws IOException {
        String certificate = server.certificatePem();
        if (certOut != null && certificate == null) {
            throw CommandFailure.usage("--cert-out goes with --tls");
        }
        if (certOut != null && certificate != null) {
            Files.writeString(certOut, certificate);
        }
        terminal.line("listening on " + server.uri());
        if (tls && certOut == null) {
            terminal.say(
                    "clients must be told to trust the fresh certificate: --cert-out FILE here, --cacert FILE there");
        }
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1") && keys.isEmpty()) {
            terminal.say(
                    "warning: everybody who can reach " + host + " can use this server; --key lets only one key in");
        }
    }

    private void serve(RealtimeServer server) throws IOException {
        while (true) {
            try {
                RecordedSession session = server.awaitSession(POLL);
                open.put(++number, session);
                terminal.say("connection " + number + ": " + session.opening().uri()
                        + (session.opening().apiKeyProvided() ? "" : ", without a key"));
            } catch (TimeoutException e) {
                flushEnded();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void flushEnded() throws IOException {
        Iterator<Map.Entry<Integer, RecordedSession>> sessions = open.entrySet().iterator();
        while (sessions.hasNext()) {
            Map.Entry<Integer, RecordedSession> session = sessions.next();
            if (session.getValue().end() != null) {
                ended(session.getKey(), session.getValue());
                sessions.remove();
            }
        }
    }

    private void flush() throws IOException {
        for (Map.Entry<Integer, RecordedSession> session : open.entrySet()) {
            ended(session.getKey(), session.getValue());
        }
    }

    private void ended(int id, RecordedSession session) throws IOException {
        Path file = record == null ? null : Recordings.write(record, id, session);
        ConnectionEnd end = session.end();
        String how = end == null ? "ended by this server" : "ended with " + end.code() + " by " + by(end);
        String lost = session.dropped() == 0 ? "" : " (its first " + session.dropped() + " events are not in it)";
        terminal.say("connection " + id + ": " + how + (file == null ? "" : ", see " + file + lost));
    }

    /** For a server, the transport's peer is the client. */
    private static String by(ConnectionEnd end) {
        String who = end.by() == ConnectionEnd.Side.SERVER ? "the client" : "this server";
        return end.reason().isEmpty() ? who : who + ": " + end.reason();
    }
}
