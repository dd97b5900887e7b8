package io.github.realtime4j;

import io.github.realtime4j.codec.DecodeException;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a connection: decodes, and decides whether the connection counts as open. The service says that it
 * does not accept a key or a model only after the 101, so a connection to a server that greets is open with its greeting.
 */
final class Opening implements Receiver {
    private final EventCodec codec;
    private final boolean greets;
    private final Tapping tap;
    private final Events events;
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();

    // Null until the handshake has succeeded.
    private volatile @Nullable Connection connection;
    private volatile @Nullable ErrorDetail lastError;

    /** Who gets what is received, on the I/O thread: {@code attached (event | writable)* ended}. */
    interface Events {
        /** The handshake has succeeded; called before anything can be received. */
        void attached(Connection connection);

        /** @param bytes of the message on the wire */
        void event(ServerEvent event, int bytes);

        void writable();

        /** @param lastError the last {@code error} event of the connection: often the reason */
        void ended(ConnectionEnd end, @Nullable ErrorDetail lastError);
    }

    private Opening(EventCodec codec, boolean greets, Tapping tap, Events events) {
        this.codec = codec;
        this.greets = greets;
        this.tap = tap;
        this.events = events;
    }

    /**
     * Connects.
     *
     * @return completes, on an I/O thread, when the connection is open; fails with {@link ConnectRefusedException}
     */
    static CompletableFuture<Connection> open(
            Transport transport,
            Handshake handshake,
            Endpoint endpoint,
            EventCodec codec,
            Tapping tap,
            ScheduledExecutorService timer,
            Events events) {
        Opening opening = new Opening(codec, endpoint.greets(), tap, events);
        CompletionStage<Connection> connecting = transport.connect(handshake, opening);
        connecting.whenComplete((connection, problem) -> {
            if (problem != null) {
                opening.refused(problem);
            } else {
                opening.awaitGreeting(timer, handshake.timeout());
            }
        });
        return opening.opened;
    }

    @Override
    public void onOpen(Connection connection) {
        this.connection = connection;
        events.attached(connection);
        if (!greets) {
            opened.complete(connection);
        }
    }

    @Override
    public void onMessage(ByteBuffer message) {
        tap.received(message);
        int size = message.remaining();
        ServerEvent event = decode(message);
        if (event instanceof ErrorEvent error) {
            lastError = error.error();
        }
        events.event(event, size);
        Connection open = connection;
        // An error instead of a greeting is a refusal, which the end of the connection completes.
        if (!opened.isDone() && open != null && !(event instanceof ErrorEvent)) {
            opened.complete(open);
        }
    }

    private ServerEvent decode(ByteBuffer message) {
        try {
            return codec.decodeServerEvent(message);
        } catch (DecodeException e) {
            return new ProtocolWarning(e.type(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void onWritable() {
        events.writable();
    }

    @Override
    public void onEnd(ConnectionEnd end) {
        events.ended(end, lastError);
        opened.completeExceptionally(ConnectRefusedException.of(lastError, end));
    }

    private void refused(Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        opened.completeExceptionally(
                cause instanceof HandshakeException handshake
                        ? ConnectRefusedException.of(handshake)
                        : ConnectRefusedException.before("Cannot connect: " + cause));
    }

    private void awaitGreeting(ScheduledExecutorService timer, Duration patience) {
        if (!opened.isDone()) {
            ScheduledFuture<?> deadline =
                    timer.schedule(this::greetingIsLate, patience.toMillis(), TimeUnit.MILLISECONDS);
            opened.whenComplete((connection, refusal) -> deadline.cancel(false));
        }
    }

    private void greetingIsLate() {
        Connection open = connection;
        if (!opened.isDone() && open != null) {
            opened.completeExceptionally(
                    lastError != null
                            ? ConnectRefusedException.of(lastError, null)
                            : ConnectRefusedException.before("The server opened the connection and then said nothing:"
                                    + " expected session.created (for a server that does not send it, use"
                                    + " Endpoint.withoutGreeting())"));
            open.abort();
        }
    }
}
