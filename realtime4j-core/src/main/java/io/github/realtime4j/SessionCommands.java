package io.github.realtime4j;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.session.Outgoing;
import io.github.realtime4j.session.Outgoing.Order;
import io.github.realtime4j.session.PendingCommands;
import io.github.realtime4j.session.PendingCommands.Kind;
import io.github.realtime4j.transport.Connection;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes out on one connection, and waits for its answer. */
final class SessionCommands {
    private final SessionParts parts;
    private final EventCodec codec;
    private final PendingCommands pending;
    private final AtomicLong eventIds = new AtomicLong();

    /** Null until the handshake has succeeded. */
    private volatile @Nullable Outgoing outgoing;

    /** Why nothing goes out any more. In the confinement. */
    private @Nullable RuntimeException over;

    SessionCommands(SessionParts parts) {
        this.parts = parts;
        this.codec = EventCodec.of(parts.endpoint().dialect());
        this.pending = new PendingCommands(
                parts.callbacks(),
                parts.deadlines(),
                parts.options().commandTimeout(),
                ServerErrorException::new,
                CommandTimeoutException::new);
    }

    void attached(Connection connection) {
        outgoing = new Outgoing(parts.options().maxQueuedAudio(), connection, parts.tap()::sent);
    }

    /** A name for the next command, by which the server's errors tell it. */
    String nextEventId() {
        return "event_" + eventIds.incrementAndGet();
    }

    /**
     * Sends a command and remembers it until it is answered.
     *
     * @param event makes the event with its id
     * @param remember makes the future of its answer
     * @param unasked what it completes with where the server acknowledges nothing
     */
    private <T extends @Nullable Object> CompletableFuture<T> command(
            Kind kind,
            Order order,
            Function<String, ClientEvent> event,
            Function<String, CompletableFuture<T>> remember,
            @Nullable T unasked) {
        String id = nextEventId();
        ByteBuffer[] message;
        try {
            message = codec.encode(event.apply(id), null);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return parts.confinement().get(() -> {
            if (over != null) {
                return CompletableFuture.failedFuture(over);
            }
            CompletableFuture<T> answer =
                    parts.endpoint().acknowledges() ? remember.apply(id) : CompletableFuture.completedFuture(unasked);
            transmit(message, order);
            return parts.measurements().command(kind.type(), answer);
        });
    }

    CompletableFuture<Session> update(SessionConfig config) {
        return command(
                Kind.SESSION_UPDATE,
                Order.FREE,
                id -> new ClientEvent.SessionUpdate(id, config),
                pending::update,
                parts.settings().session());
    }

    CompletableFuture<Item> create(@Nullable String previousItemId, Item item) {
        Item named = ItemIds.named(item);
        return command(
                Kind.ITEM_CREATE,
                Order.FREE,
                id -> new ClientEvent.ConversationItemCreate(id, previousItemId, named),
                id -> pending.create(id, named),
                named);
    }

    CompletableFuture<Item> retrieve(String itemId) {
        return command(
                Kind.ITEM_RETRIEVE,
                Order.FREE,
                id -> new ClientEvent.ConversationItemRetrieve(id, itemId),
                id -> pending.retrieve(id, itemId),
                new Item.ItemReference(itemId));
    }

    CompletableFuture<@Nullable Void> delete(String itemId) {
        return command(
                Kind.ITEM_DELETE,
                Order.FREE,
                id -> new ClientEvent.ConversationItemDelete(id, itemId),
                id -> pending.command(id, Kind.ITEM_DELETE, itemId),
                null);
    }

    CompletableFuture<@Nullable Void> truncate(String itemId, int contentIndex, int audioEndMs) {
        return command(
                Kind.ITEM_TRUNCATE,
                Order.URGENT,
                id -> new ClientEvent.ConversationItemTruncate(id, itemId, contentIndex, audioEndMs),
                id -> pending.command(id, Kind.ITEM_TRUNCATE, itemId),
                null);
    }

    CompletableFuture<String> commitInput() {
        return command(
                Kind.INPUT_COMMIT, Order.AFTER_AUDIO, ClientEvent.InputAudioBufferCommit::new, pending::commit, "");
    }

    CompletableFuture<@Nullable Void> clearInput() {
        return command(
                Kind.INPUT_CLEAR,
                Order.AFTER_AUDIO,
                ClientEvent.InputAudioBufferClear::new,
                id -> pending.command(id, Kind.INPUT_CLEAR, null),
                null);
    }

    CompletableFuture<@Nullable Void> clearOutput() {
        return command(
                Kind.OUTPUT_CLEAR,
                Order.URGENT,
                ClientEvent.OutputAudioBufferClear::new,
                id -> pending.command(id, Kind.OUTPUT_CLEAR, null),
                null);
    }

    /** Queues an event that carries audio, when there is room. */
    void append(ClientEvent event) {
        Outgoing out = outgoing;
        if (out == null) {
            throw new IllegalStateException("The session is not connected");
        }
        SessionOptions options = parts.options();
        boolean queued;
        try {
            queued = out.audio(codec.encode(event, null), !options.failsFast());
        } catch (CancellationException interrupted) {
            throw new ConnectionClosedException("Interrupted while waiting for room; the session is as it was");
        }
        if (!queued) {
            throw new SendQueueFullException(options.maxQueuedAudio());
        }
    }

    /** Sends an event whose answer somebody else remembers. */
    void send(ClientEvent event, Order order) {
        transmit(codec.encode(event, null), order);
    }

    private void transmit(ByteBuffer[] message, Order order) {
        Outgoing out = outgoing;
        if (out != null) {
            out.command(message, order);
            parts.confinement().after(out::pump);
        }
    }

    void writable() {
        Outgoing out = outgoing;
        if (out != null) {
            out.pump();
        }
    }

    void acknowledge(ServerEvent event) {
        pending.acknowledge(event);
    }

    /** @return whether the error was about one of these commands */
    boolean refuse(ErrorDetail error) {
        return pending.refuse(error);
    }

    /** Says goodbye after what is queued. */
    void close() {
        Outgoing out = outgoing;
        if (out != null) {
            out.close("");
        }
    }

    /** Fails what waits; nothing goes out any more. In the confinement. */
    void end(RuntimeException why) {
        over = why;
        pending.end(why);
        Outgoing out = outgoing;
        if (out != null) {
            out.end(why);
        }
    }
}
