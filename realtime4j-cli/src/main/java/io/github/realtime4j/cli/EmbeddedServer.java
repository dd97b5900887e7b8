package io.github.realtime4j.cli;

import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedTranscriber;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server in this process, for those who named no other. Closing it where there is none does nothing. */
final class EmbeddedServer implements AutoCloseable {
    private final @Nullable RealtimeServer server;

    private EmbeddedServer(@Nullable RealtimeServer server) {
        this.server = server;
    }

    /**
     * Starts a server and says so, unless key or URL point elsewhere.
     *
     * @param words what it is to understand when it hears the user for the first time, the second time, ...
     */
    static EmbeddedServer unlessElsewhere(Terminal terminal, ConnectionOptions options, String... words) {
        if (!options.isEmbedded(terminal.shell())) {
            return new EmbeddedServer(null);
        }
        terminal.say(terminal.err(
                Terminal.Style.DIM,
                "no key and no URL: talking to an embedded server, not to a model (see 'realtime --help')"));
        RealtimeServer.Builder server = RealtimeServer.builder().dialect(options.dialect());
        if (words.length > 0) {
            ScriptedTranscriber transcriber = new ScriptedTranscriber();
            List.of(words).forEach(transcriber::enqueue);
            server.transcriber(transcriber);
        }
        return new EmbeddedServer(server.start());
    }

    /** Where it listens; null if there is none. */
    @Nullable
    URI uri() {
        return server == null ? null : server.uri();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
