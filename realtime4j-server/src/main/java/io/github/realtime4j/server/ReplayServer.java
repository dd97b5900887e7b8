package io.github.realtime4j.server;

import io.github.realtime4j.server.http.FrontOptions;
import io.github.realtime4j.server.http.HttpFront;
import io.github.realtime4j.server.http.RestRoutes;
import io.github.realtime4j.server.replay.ReplayConnection;
import io.github.realtime4j.server.replay.ReplayScript;
import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says again what a server said in a recorded session, to clients that do as the recorded one did. Every connection hears
 * the recording from its beginning, whatever its URL and key.
 *
 * <p>Client events are matched by their types, in order: one that is not next is not answered, and {@link
 * Replay#unexpected} tells it. Any number of {@code input_audio_buffer.append} stands for any other. Events come as they
 * were recorded, in the recording's dialect, but for what this client has chosen otherwise: ids of its items, calls and
 * events, the metadata of its responses. Sound that was taken out of a recording is silence.
 *
 * <p>An event of the server comes when the client events have come that were recorded before it, with two exceptions: an
 * acknowledgement does not wait for what the client sent behind the acknowledged event, and a response that has begun
 * does not wait for items, updates and further requests.
 *
 * <p>Every method is safe from any thread.
 */
public final class ReplayServer implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Acceptor acceptor;
    private final BlockingQueue<Replay> opened = new LinkedBlockingQueue<>();
    private final Set<ReplayConnection> connections = ConcurrentHashMap.newKeySet();

    /** Null for a server in memory. */
    private final @Nullable HttpFront front;

    private ReplayServer(Builder builder) {
        ReplayScript script = ReplayScript.of(builder.recording);
        Consumer<Connection> atEnd = builder.atEnd;
        this.acceptor = handshake -> new ReplayConnection(script, connections, opened::add, atEnd);
        try {
            this.front = builder.inMemory ? null : HttpFront.start(FrontOptions.DEFAULT, acceptor, new RestRoutes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a free port of 127.0.0.1; connections stay open when the recording ends. */
    public static ReplayServer start(Recording recording) {
        return builder(recording).start();
    }

    public static Builder builder(Recording recording) {
        return new Builder(recording);
    }

    /**
     * Where sessions are: {@code ws://127.0.0.1:port/v1/realtime}.
     *
     * @throws IllegalStateException for a server in memory
     */
    public URI uri() {
        if (front == null) {
            throw new IllegalStateException("This server is in memory only: connect to acceptor()");
        }
        return front.socketUri();
    }

    /** Takes connections in memory, and answers on the thread that brings the client's event. */
    public Acceptor acceptor() {
        return acceptor;
    }

    /**
     * The next connection, in the order in which they came.
     *
     * @throws TimeoutException if there is none in time
     */
    public Replay awaitReplay(Duration timeout) throws InterruptedException, TimeoutException {
        Replay replay = opened.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (replay == null) {
            throw new TimeoutException("No client connected within " + timeout.toMillis() + " ms");
        }
        return replay;
    }

    /** Says goodbye to every client with 1001, waits a second for their answers, and frees port and threads. */
    @Override
    public void close() {
        if (front != null) {
            front.close(GOODBYE);
        }
        connections.forEach(ReplayConnection::abort);
    }

    /** Gathers options; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private final Recording recording;
        private Consumer<Connection> atEnd = connection -> {};
        private boolean inMemory;

        private Builder(Recording recording) {
            this.recording = recording;
        }

        /** Listens nowhere: clients connect to {@link ReplayServer#acceptor()}. */
        public Builder inMemory() {
            inMemory = true;
            return this;
        }

        /**
         * Closes each connection when both sides have said everything.
         *
         * @throws IllegalArgumentException if a close frame may not carry this
         */
        public Builder closeAtEnd(int code, String reason) {
            ConnectionEnd.requireSendable(code, reason);
            atEnd = connection -> connection.close(code, reason);
            return this;
        }

        /**
         * @throws UncheckedIOException if it cannot listen
         */
        public ReplayServer start() {
            return new ReplayServer(this);
        }
    }
}
