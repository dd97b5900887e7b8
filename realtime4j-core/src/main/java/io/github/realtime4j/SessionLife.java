package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.session.Confinement;
import io.github.realtime4j.session.Deadlines.Deadline;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolHandler;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a session, from NEW to its one end. */
final class SessionLife implements LiveSession.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    /** A call that was accepted is known to the connection's server a moment later: it is asked for again so soon, doubling. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);

    private static final int CALL_ATTEMPTS = 6;
    private static final int NOT_FOUND = 404;

    private final RealtimeClient client;
    private final SessionParts parts;
    private final SessionConfig config;
    private final Confinement confinement;
    private final LiveSession live;
    private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();

    // In the confinement, but the state may be read by any thread.
    private volatile SessionState state = SessionState.NEW;
    private final List<Tool> declared = new ArrayList<>(0);
    private Deadline deadline = Deadline.NONE;

    /** Which limit has ended the session; null unless one has. */
    private volatile @Nullable RealtimeException limit;

    /** Why nothing is taken any more; null before the end. */
    private volatile @Nullable RealtimeException why;

    SessionLife(RealtimeClient client, SessionParts parts, SessionConfig config) {
        this.client = client;
        this.parts = parts;
        this.config = config;
        this.confinement = parts.confinement();
        this.live = new LiveSession(parts, this);
    }

    SessionParts parts() {
        return parts;
    }

    /** Completes when the session is open; fails when it has ended before that. */
    CompletableFuture<@Nullable Void> opened() {
        return opened;
    }

    SessionState state() {
        return state;
    }

    CompletableFuture<SessionEnd> ended() {
        return ended.copy();
    }

    <A> void register(FunctionTool<A> tool, ToolHandler<A> handler) {
        live.tools().register(tool, handler);
        confinement.run(() -> declared.add(tool.definition()));
    }

    /**
     * The connection, if commands may be sent on it.
     *
     * @throws IllegalStateException before that
     * @throws RealtimeException after that
     */
    LiveSession open() {
        SessionState now = state;
        if (now == SessionState.OPEN) {
            return live;
        } else if (now == SessionState.CLOSING) {
            RealtimeException reached = limit;
            throw reached != null ? reached : new ConnectionClosedException("The session is being closed");
        }
        RealtimeException over = why;
        if (over != null) {
            throw over;
        }
        throw new IllegalStateException("The session is " + now + ": connect it, and wait until it is OPEN");
    }

    CompletableFuture<@Nullable Void> connect() {
        boolean first = confinement.get(() -> {
            boolean isNew = state == SessionState.NEW;
            state = isNew ? SessionState.CONNECTING : state;
            return isNew;
        });
        if (first) {
            client.connecting(this);
            parts.measurements().connecting();
            // The key may have to be fetched, which may block.
            client.executor().execute(() -> dial(1));
        }
        return opened.copy();
    }

    private void dial(int attempt) {
        if (state != SessionState.CONNECTING) {
            return;
        }
        CompletionStage<?> open;
        try {
            open = client.dial(parts.endpoint(), parts.tap(), live);
        } catch (RuntimeException | Error e) {
            // Not only refusals: the application's own source of keys may throw anything.
            open = CompletableFuture.failedFuture(e);
        }
        open.whenComplete((connection, problem) -> {
            if (problem == null) {
                configure();
            } else if (isCallNotReady(problem) && attempt < CALL_ATTEMPTS) {
                Duration delay = FIRST_RETRY.multipliedBy(1L << (attempt - 1));
                parts.deadlines()
                        .after(
                                delay,
                                () -> confinement.after(() -> client.executor().execute(() -> dial(attempt + 1))));
            } else {
                connectFailed(problem);
            }
        });
    }

    private boolean isCallNotReady(Throwable problem) {
        return state == SessionState.CONNECTING
                && parts.endpoint().isCall()
                && unwrapped(problem) instanceof ConnectRefusedException refused
                && refused.status() == NOT_FOUND;
    }

    private static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }

    private void configure() {
        SessionConfig complete = confinement.get(this::withTools);
        if (complete.isEmpty()) {
            nowOpen();
            return;
        }
        live.commands().update(complete).whenComplete((settings, problem) -> {
            if (problem == null) {
                nowOpen();
            } else {
                connectFailed(problem);
            }
        });
    }

    /** The configuration, with the functions that have handlers and are not declared in it. */
    private SessionConfig withTools() {
        List<Tool> tools = new ArrayList<>(config.tools() == null ? List.of() : config.tools());
        for (Tool tool : declared) {
            if (tool instanceof Tool.Function function && tools.stream().noneMatch(known -> isNamed(known, function))) {
                tools.add(function);
            }
        }
        return tools.isEmpty() ? config : config.withTools(tools);
    }

    private static boolean isNamed(Tool known, Tool.Function function) {
        return known instanceof Tool.Function other
                && function.name() != null
                && function.name().equals(other.name());
    }

    private void nowOpen() {
        confinement.run(() -> {
            if (state == SessionState.CONNECTING) {
                state = SessionState.OPEN;
                parts.measurements().connected();
                Duration most = parts.options().budget().maxDuration();
                if (most != null) {
                    deadline = parts.deadlines().after(most, live::requireBudget);
                }
                parts.callbacks().execute(() -> opened.complete(null));
            }
        });
    }

    private void connectFailed(Throwable problem) {
        Throwable cause = unwrapped(problem);
        RealtimeException reason = cause instanceof RealtimeException known
                ? known
                : ConnectRefusedException.before("Cannot connect: " + cause);
        confinement.run(() -> finish(SessionState.FAILED, reason, null));
        live.abort();
    }

    /** Ends in order; completes when that is done. */
    CompletableFuture<SessionEnd> close() {
        confinement.run(() -> {
            if (state == SessionState.NEW || state == SessionState.CONNECTING) {
                finish(SessionState.CLOSED, null, null);
                confinement.after(live::abort);
            } else if (state == SessionState.OPEN) {
                sayGoodbye();
            }
        });
        return ended();
    }

    private void sayGoodbye() {
        state = SessionState.CLOSING;
        deadline.cancel();
        deadline = parts.deadlines().after(parts.options().closeTimeout(), () -> confinement.after(this::abort));
        confinement.after(live.commands()::close);
    }

    void abort() {
        live.abort();
        confinement.run(() -> finish(SessionState.CLOSED, limit, null));
    }

    @Override
    public void limitReached(BudgetExceededException reached) {
        if (state == SessionState.OPEN) {
            LOG.info("{}", reached.getMessage());
            limit = reached;
            live.cancel();
            sayGoodbye();
        }
    }

    @Override
    public void connectionEnded(ConnectionEnd end, @Nullable ErrorDetail lastError) {
        if (state == SessionState.CLOSING || end.by() == ConnectionEnd.Side.USER) {
            finish(SessionState.CLOSED, limit, end);
        } else if (state == SessionState.CONNECTING) {
            finish(SessionState.FAILED, ConnectRefusedException.of(lastError, end), end);
        } else {
            boolean orderly = end.code() == ConnectionEnd.NORMAL;
            finish(
                    orderly ? SessionState.CLOSED : SessionState.FAILED,
                    new ConnectionLostException(end, lastError),
                    end);
        }
    }

    /** The one end: everything that is open is settled, and then the application is told. In the confinement. */
    private void finish(SessionState terminal, @Nullable RealtimeException cause, @Nullable ConnectionEnd connection) {
        if (state.isTerminal()) {
            return;
        }
        boolean wasOpen = state == SessionState.OPEN || state == SessionState.CLOSING;
        RealtimeException reason = cause != null ? cause : new ConnectionClosedException("The session has been closed");
        // In this order: who sees the state finds the reason.
        why = reason;
        state = terminal;
        deadline.cancel();
        live.end(reason);
        boolean inOrder = terminal == SessionState.CLOSED;
        SessionEnd end = new SessionEnd(terminal, inOrder && limit == null ? null : cause, connection);
        parts.subscriptions().end(end, inOrder ? null : reason);
        parts.measurements().ended(end);
        parts.callbacks().execute(() -> {
            if (!wasOpen) {
                opened.completeExceptionally(reason);
            }
            ended.complete(end);
        });
    }
}
