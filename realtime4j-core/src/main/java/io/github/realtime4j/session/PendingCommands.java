package io.github.realtime4j.session;

import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.OutputAudioBufferEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.session.Deadlines.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Commands that have been sent and not been answered. An answer is the event that acknowledges a command, found by the
 * item it names or, where nothing is named, by the order of sending; or the {@code error} that names its {@code event_id};
 * or the end of patience; or the end of the connection. Each command gets exactly one.
 *
 * <p>Confined to its owner. Futures are completed on an executor, never in the confinement.
 */
public final class PendingCommands {
    private final Executor executor;
    private final Deadlines deadlines;
    private final Duration patience;
    private final Function<ErrorDetail, RuntimeException> refused;
    private final BiFunction<String, Duration, RuntimeException> late;

    /** By {@code event_id}, in the order of sending. */
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** The last turn whose end the server has found itself: committing it answers nobody. */
    private @Nullable String endedByServer;

    /** What a command does, and so which event answers it. The names are those of the wire. */
    public enum Kind {
        SESSION_UPDATE("session.update"),
        ITEM_CREATE("conversation.item.create"),
        ITEM_DELETE("conversation.item.delete"),
        ITEM_TRUNCATE("conversation.item.truncate"),
        ITEM_RETRIEVE("conversation.item.retrieve"),
        INPUT_COMMIT("input_audio_buffer.commit"),
        INPUT_CLEAR("input_audio_buffer.clear"),
        OUTPUT_CLEAR("output_audio_buffer.clear");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        public String type() {
            return type;
        }
    }

    /** A command that waits. */
    private static final class Pending {
        private final String eventId;
        private final Kind kind;
        private final CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
        private Deadline deadline = Deadline.NONE;

        /** The item it is about; null where there is none. */
        private final @Nullable String subject;

        /** Of {@link Kind#ITEM_CREATE}. */
        private final @Nullable Item item;

        Pending(String eventId, Kind kind, @Nullable String subject, @Nullable Item item) {
            this.eventId = eventId;
            this.kind = kind;
            this.subject = subject;
            this.item = item;
        }
    }

    /**
     * @param executor completes futures
     * @param patience how long a command waits for its answer
     * @param refused makes the exception of a command that the server refused
     * @param late makes the exception of a command that was not answered in time, from its wire name
     */
    public PendingCommands(
            Executor executor,
            Deadlines deadlines,
            Duration patience,
            Function<ErrorDetail, RuntimeException> refused,
            BiFunction<String, Duration, RuntimeException> late) {
        this.executor = executor;
        this.deadlines = deadlines;
        this.patience = patience;
        this.refused = refused;
        this.late = late;
    }

    /** A {@code session.update}; completes with what is now in force. */
    public CompletableFuture<Session> update(String eventId) {
        return add(eventId, Kind.SESSION_UPDATE, null, null);
    }

    /** A {@code conversation.item.create}; completes with the item as the server has it. */
    public CompletableFuture<Item> create(String eventId, Item item) {
        return add(eventId, Kind.ITEM_CREATE, item.id(), item);
    }

    /** A {@code conversation.item.retrieve}; completes with the item. */
    public CompletableFuture<Item> retrieve(String eventId, String itemId) {
        return add(eventId, Kind.ITEM_RETRIEVE, itemId, null);
    }

    /** An {@code input_audio_buffer.commit}; completes with the id of the item that the audio became. */
    public CompletableFuture<String> commit(String eventId) {
        return add(eventId, Kind.INPUT_COMMIT, null, null);
    }

    /** A command whose acknowledgement says no more than that. */
    public CompletableFuture<@Nullable Void> command(String eventId, Kind kind, @Nullable String itemId) {
        return add(eventId, kind, itemId, null);
    }

    /** @param <T> what {@link #acknowledge} completes this kind with */
    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> CompletableFuture<T> add(
            String eventId, Kind kind, @Nullable String subject, @Nullable Item item) {
        Pending command = new Pending(eventId, kind, subject, item);
        pending.put(eventId, command);
        command.deadline = deadlines.after(patience, () -> expire(command));
        return (CompletableFuture<T>) command.future;
    }

    private void expire(Pending command) {
        if (pending.remove(command.eventId, command)) {
            fail(command, late.apply(command.kind.type(), patience));
        }
    }

    /** Completes the command that this event answers, if it answers one. */
    public void acknowledge(ServerEvent event) {
        if (event instanceof InputAudioBufferEvent.SpeechStopped stopped) {
            endedByServer = stopped.itemId();
        } else if (!pending.isEmpty()) {
            answer(event);
        }
    }

    private void answer(ServerEvent event) {
        if (event instanceof SessionEvent.Updated updated) {
            first(Kind.SESSION_UPDATE, updated.session());
        } else if (event instanceof ConversationEvent conversation) {
            acknowledge(conversation);
        } else if (event instanceof InputAudioBufferEvent.Committed committed) {
            if (!committed.itemId().equals(endedByServer)) {
                first(Kind.INPUT_COMMIT, committed.itemId());
            }
        } else if (event instanceof InputAudioBufferEvent.Cleared) {
            first(Kind.INPUT_CLEAR, null);
        } else if (event instanceof OutputAudioBufferEvent.Cleared) {
            first(Kind.OUTPUT_CLEAR, null);
        }
    }

    private void acknowledge(ConversationEvent event) {
        if (event instanceof ConversationEvent.ItemAdded added) {
            created(added.item());
        } else if (event instanceof ConversationEvent.ItemCreated created) {
            created(created.item());
        } else if (event instanceof ConversationEvent.ItemDeleted deleted) {
            about(Kind.ITEM_DELETE, deleted.itemId(), null);
        } else if (event instanceof ConversationEvent.ItemTruncated truncated) {
            about(Kind.ITEM_TRUNCATE, truncated.itemId(), null);
        } else if (event instanceof ConversationEvent.ItemRetrieved retrieved) {
            about(Kind.ITEM_RETRIEVE, String.valueOf(retrieved.item().id()), retrieved.item());
        }
    }

    private void created(Item item) {
        if (!about(Kind.ITEM_CREATE, String.valueOf(item.id()), item)) {
            complete(find(command -> command.kind == Kind.ITEM_CREATE && isSame(command.item, item)), item);
        }
    }

    /** Some compatible servers give an item an id of their own: then it is known by what it says. */
    private static boolean isSame(@Nullable Item sent, Item added) {
        if (sent instanceof Item.Message mine && added instanceof Item.Message theirs) {
            return mine.role().equals(theirs.role())
                    && !mine.text().isEmpty()
                    && mine.text().equals(theirs.text());
        } else if (sent instanceof Item.FunctionCallOutput mine && added instanceof Item.FunctionCallOutput theirs) {
            return mine.callId().equals(theirs.callId());
        }
        return false;
    }

    private void first(Kind kind, @Nullable Object answer) {
        complete(find(command -> command.kind == kind), answer);
    }

    private boolean about(Kind kind, String itemId, @Nullable Object answer) {
        return complete(find(command -> command.kind == kind && itemId.equals(command.subject)), answer);
    }

    private @Nullable Pending find(Predicate<Pending> wanted) {
        return pending.values().stream().filter(wanted).findFirst().orElse(null);
    }

    private boolean complete(@Nullable Pending command, @Nullable Object answer) {
        if (command == null) {
            return false;
        }
        pending.remove(command.eventId);
        command.deadline.cancel();
        executor.execute(() -> command.future.complete(answer));
        return true;
    }

    /**
     * Fails the command that this error is about: the one whose {@code event_id} it names. The service leaves the name out
     * of a few errors; their code tells the kind of command, and the item's id in the message, or there being only one,
     * the command.
     *
     * @return whether there was one
     */
    public boolean refuse(ErrorDetail error) {
        Pending command = error.eventId() != null ? pending.get(error.eventId()) : nameless(error);
        if (command == null) {
            return false;
        }
        pending.remove(command.eventId);
        command.deadline.cancel();
        fail(command, refused.apply(error));
        return true;
    }

    private @Nullable Pending nameless(ErrorDetail error) {
        Kind kind = kind(error.code());
        if (kind == null) {
            return null;
        }
        List<Pending> candidates = new ArrayList<>(pending.values());
        candidates.removeIf(command -> command.kind != kind);
        String message = Objects.requireNonNullElse(error.message(), "");
        // One id may be the beginning of another.
        return candidates.stream()
                .filter(command -> command.subject != null && message.contains(command.subject))
                .max(Comparator.comparingInt(
                        command -> String.valueOf(command.subject).length()))
                .orElse(candidates.size() == 1 ? candidates.get(0) : null);
    }

    private static @Nullable Kind kind(@Nullable ErrorCode code) {
        if (ErrorCode.ITEM_CREATE_DUPLICATE_ITEM_ID.equals(code)
                || ErrorCode.ITEM_CREATE_INVALID_PREVIOUS_ITEM_ID.equals(code)) {
            return Kind.ITEM_CREATE;
        } else if (ErrorCode.ITEM_TRUNCATE_INVALID_ITEM_ID.equals(code)) {
            return Kind.ITEM_TRUNCATE;
        } else if (ErrorCode.ITEM_DELETE_INVALID_ITEM_ID.equals(code)) {
            return Kind.ITEM_DELETE;
        } else if (ErrorCode.ITEM_RETRIEVE_INVALID_ITEM_ID.equals(code)) {
            return Kind.ITEM_RETRIEVE;
        } else if (ErrorCode.INPUT_AUDIO_BUFFER_COMMIT_EMPTY.equals(code)) {
            return Kind.INPUT_COMMIT;
        } else if (ErrorCode.CANNOT_UPDATE_VOICE.equals(code)) {
            return Kind.SESSION_UPDATE;
        }
        return null;
    }

    /** Fails all that is pending: the connection has ended. */
    public void end(RuntimeException why) {
        Collection<Pending> left = List.copyOf(pending.values());
        pending.clear();
        left.forEach(command -> {
            command.deadline.cancel();
            fail(command, why);
        });
    }

    public int size() {
        return pending.size();
    }

    private void fail(Pending command, RuntimeException why) {
        executor.execute(() -> command.future.completeExceptionally(why));
    }
}
