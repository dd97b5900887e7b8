package io.github.realtime4j;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * An open connection as a typed pipe: client events in, server events out, and nothing remembered or put in order. Any
 * thread may send; events are received by pulling, in the order of the wire, from any thread but by one at a time.
 *
 * <p>Nothing is lost and nothing grows without bound: when events are not received, reading pauses and the server waits;
 * when the network is slower than the sender, {@link #send} waits.
 */
public final class RealtimeConnection implements AutoCloseable {
    private final EventCodec codec;
    private final Tapping tap;
    private final Connection connection;
    private final Inbox inbox;
    private final Outbox outbox;
    private final CompletableFuture<ConnectionEnd> ended;

    private RealtimeConnection(EventCodec codec, Tapping tap, Connection connection, Boxes boxes) {
        this.codec = codec;
        this.tap = tap;
        this.connection = connection;
        this.inbox = boxes.inbox;
        this.outbox = boxes.outbox;
        this.ended = boxes.ended;
    }

    static CompletableFuture<RealtimeConnection> open(
            Transport transport,
            Handshake handshake,
            Endpoint endpoint,
            @Nullable RawTap tap,
            ScheduledExecutorService timer) {
        EventCodec codec = EventCodec.of(endpoint.dialect());
        Boxes boxes = new Boxes();
        Tapping tapping = new Tapping(tap);
        CompletableFuture<RealtimeConnection> opened = new CompletableFuture<>();
        var unused = Opening.open(transport, handshake, endpoint, codec, tapping, timer, boxes)
                .whenComplete((connection, refusal) -> {
                    if (refusal != null) {
                        opened.completeExceptionally(refusal);
                    } else if (!opened.complete(new RealtimeConnection(codec, tapping, connection, boxes))) {
                        // Nobody waits for it any more.
                        connection.abort();
                    }
                });
        return opened;
    }

    /** Fills the inbox. */
    private static final class Boxes implements Opening.Events {
        private final Inbox inbox = new Inbox();
        private final Outbox outbox = new Outbox();
        private final CompletableFuture<ConnectionEnd> ended = new CompletableFuture<>();

        @Override
        public void attached(Connection connection) {
            inbox.attach(connection);
        }

        @Override
        public void event(ServerEvent event, int bytes) {
            inbox.put(event, bytes);
        }

        @Override
        public void writable() {
            outbox.wake();
        }

        @Override
        public void ended(ConnectionEnd end, @Nullable ErrorDetail lastError) {
            inbox.end(end, lastError);
            outbox.end(end, lastError);
            ended.complete(end);
        }
    }

    /**
     * Sends one event after all that were sent before. Waits while more than the transport's high-water mark is queued,
     * so that a burst of any length is sent whole and in order.
     *
     * @return completes when the event has been handed to the operating system, which says nothing about the server
     * @throws ConnectionClosedException if this connection was closed
     * @throws ConnectionLostException if it ended otherwise
     * @throws IllegalArgumentException if the event cannot be written: NaN, half a surrogate pair
     */
    public CompletionStage<Void> send(ClientEvent event) {
        return transmit(codec.encode(event, null));
    }

    /** Sends one message as it is, which should be a JSON object; see {@link #send}. */
    public CompletionStage<Void> sendRaw(String json) {
        return transmit(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private CompletionStage<Void> transmit(ByteBuffer... message) {
        return outbox.send(connection, message, tap);
    }

    /**
     * Waits for the next event.
     *
     * @throws ConnectionClosedException when this connection was closed and every event has been received
     * @throws ConnectionLostException when it ended otherwise and every event has been received
     */
    public ServerEvent receive() throws InterruptedException {
        return inbox.take();
    }

    /** Like {@link #receive()}, for at most this long; empty if nothing came. */
    public Optional<ServerEvent> receive(Duration timeout) throws InterruptedException {
        return inbox.poll(timeout);
    }

    /**
     * The events to come, each waited for, until this connection is closed by either side with 1000. An iteration can be
     * left and taken up again.
     *
     * @throws ConnectionLostException from the iterator, when the connection ended otherwise
     */
    public Iterable<ServerEvent> events() {
        return EventIterator::new;
    }

    /** Pulls events until the end. */
    private final class EventIterator implements Iterator<ServerEvent> {
        private @Nullable ServerEvent next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = pull();
            }
            return next != null;
        }

        @Override
        public ServerEvent next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("The connection has ended");
            }
            ServerEvent event = next;
            next = null;
            return event;
        }

        private @Nullable ServerEvent pull() {
            try {
                return inbox.take();
            } catch (ConnectionClosedException e) {
                return null;
            } catch (ConnectionLostException e) {
                if (e.end().code() == ConnectionEnd.NORMAL) {
                    return null;
                }
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectionClosedException(
                        "Interrupted while waiting for an event; the connection is as it was");
            }
        }
    }

    /** Completes when the connection has ended, however that happened. */
    public CompletableFuture<ConnectionEnd> ended() {
        return ended.copy();
    }

    /** Says goodbye after everything that was sent, and returns at once; {@link #ended} tells when it is over. */
    @Override
    public void close() {
        outbox.close();
        inbox.close();
        connection.close(ConnectionEnd.NORMAL, "");
    }

    /** Drops the connection, and what has not been sent with it. */
    public void abort() {
        outbox.close();
        inbox.close();
        connection.abort();
    }
}
