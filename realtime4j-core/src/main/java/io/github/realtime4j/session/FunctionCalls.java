package io.github.realtime4j.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval;
import io.github.realtime4j.tool.ToolHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions that the model calls and answers each call once.
 *
 * <p>Calls run in parallel as soon as they are told. When a completed response is done and all its calls are answered, and not
 * before both, one follow-up is asked for. It does not wait until the outputs are acknowledged: the service takes messages
 * in order, and in a conversation by voice a round trip is heard.
 *
 * <p>A response that was cancelled, failed or is incomplete has its completed calls answered too, since a call without an
 * output would remain in the conversation, but asks for no follow-up: whoever interrupted has the floor.
 *
 * <p>A tool in the background is answered at once with a placeholder, which counts as the answer. There can be no second
 * output for a call id, so its result is added later as a pair of its own, a call by the same name and arguments and its
 * output. The model reads that as what it is. A system message with the result would give a web page's text the
 * authority of the application.
 *
 * <p>With no tool registered the application answers calls itself, and nothing is done here. With some, a call to any other
 * function is answered with an error that the model can read.
 *
 * <p>For responses of the default conversation only: others' calls are not in it and cannot be answered. Any thread may
 * call; the lock is not held while others are called.
 */
public final class FunctionCalls {
    private static final int REMEMBERED_CALLS = 1_024;
    private static final int REMEMBERED_TURNS = 256;
    /** The service refuses longer call ids. */
    private static final int LONGEST_CALL_ID = 32;

    private static final String LATER = "_later";

    final Executor executor;
    final ScheduledExecutorService scheduler;
    final LongSupplier nanoTime;
    final ToolApproval approval;
    private final Host host;

    private final Object lock = new Object();
    private final Map<String, Registered<?>> tools = new LinkedHashMap<>();
    private final Map<String, RunningCall<?>> running = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final Map<String, Turn> turns = new LinkedHashMap<>();
    private boolean ended;

    /** The session, as far as function calls need it. Called from any thread, also from within the methods of this class. */
    public interface Host {
        /**
         * Sends {@code conversation.item.create}. Items must be sent in the order of the calls, and before any response that is
         * asked for afterwards.
         *
         * @return done when acknowledged
         */
        CompletionStage<?> add(Item item);

        /** All calls of this response are answered: one response is wanted. */
        void followUp(String responseId);

        /** A result has come in from the background: one response is wanted as soon as nobody speaks. */
        void followUpWhenIdle();

        void finished(Report report);

        /** Something to log: a handler or an approval threw, or an item was refused. */
        void problem(Throwable problem);
    }

    /**
     * How one call went.
     *
     * @param took from the start of the handler, or of the wait for an approval that was denied
     */
    public record Report(String name, String callId, Duration took, Result result) {}

    /** What became of a call. */
    public enum Result {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        DENIED,
        /** There is no function of this name. */
        UNKNOWN
    }

    private record Registered<A>(FunctionTool<A> tool, ToolHandler<A> handler) {}

    /** One response with calls, from its first call to its follow-up. */
    private static final class Turn {
        private int unanswered;
        private boolean done;
        private boolean completed;
    }

    /**
     * @param executor runs handlers and approvals, which may block
     * @param scheduler ends calls that take too long; should forget what is cancelled
     * @param nanoTime {@link System#nanoTime} or a test's
     */
    public FunctionCalls(
            Executor executor,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            ToolApproval approval,
            Host host) {
        this.executor = executor;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.approval = approval;
        this.host = host;
    }

    /**
     * @throws IllegalArgumentException if there is a handler for this name
     */
    public <A> void register(FunctionTool<A> tool, ToolHandler<A> handler) {
        synchronized (lock) {
            if (tools.putIfAbsent(tool.name(), new Registered<>(tool, handler)) != null) {
                throw new IllegalArgumentException(
                        "Expected one handler per function but " + tool.name() + " has one already");
            }
        }
    }

    /** Runs a call, told by {@code response.output_item.done}; not again if it was told before, nor if it is not complete. */
    public void call(String responseId, Item.FunctionCall item) {
        Runnable start;
        synchronized (lock) {
            start = isComplete(item, true) ? admit(responseId, item) : null;
        }
        if (start != null) {
            start.run();
        }
    }

    /**
     * Runs the calls of a response that were not told before, and counts the response as done.
     *
     * @return whether a follow-up has been asked for, or will be when the calls are answered
     */
    public boolean responseDone(Response response) {
        String id = response.id();
        if (id == null) {
            return false;
        }
        boolean completed = response.status() == null || Response.Status.COMPLETED.equals(response.status());
        List<Runnable> starts = new ArrayList<>();
        boolean follows;
        boolean due;
        synchronized (lock) {
            for (Item item : response.output()) {
                Runnable start =
                        item instanceof Item.FunctionCall call && isComplete(call, completed) ? admit(id, call) : null;
                if (start != null) {
                    starts.add(start);
                }
            }
            Turn turn = turns.get(id);
            if (turn != null) {
                turn.done = true;
                turn.completed = completed;
            }
            follows = turn != null && completed;
            due = isDue(id, turn);
        }
        if (due) {
            host.followUp(id);
        }
        starts.forEach(Runnable::run);
        return follows;
    }

    /** Cancels what runs. Nothing more is sent or asked for. */
    public void end() {
        List<RunningCall<?>> cancelled;
        synchronized (lock) {
            ended = true;
            cancelled = List.copyOf(running.values());
            running.clear();
            turns.clear();
            told.clear();
        }
        cancelled.forEach(RunningCall::cancel);
    }

    private static boolean isComplete(Item.FunctionCall item, boolean unlessSaid) {
        return item.status() == null ? unlessSaid : Item.Status.COMPLETED.equals(item.status());
    }

    /** Takes in a new call. What it gives is to be run without the lock. */
    private @Nullable Runnable admit(String responseId, Item.FunctionCall item) {
        String callId = item.callId();
        if (ended || tools.isEmpty() || callId == null || running.containsKey(callId) || !told.add(callId)) {
            return null;
        }
        forgetOldest(told, REMEMBERED_CALLS);
        turns.computeIfAbsent(responseId, id -> new Turn()).unanswered++;
        forgetOldest(turns.keySet(), REMEMBERED_TURNS);
        Registered<?> registered = tools.get(item.name());
        if (registered == null) {
            String known = String.join(", ", tools.keySet());
            return () -> refuse(responseId, item, callId, known);
        }
        RunningCall<?> call = running(registered, responseId, item);
        running.put(callId, call);
        return call::start;
    }

    private static void forgetOldest(Set<String> ids, int most) {
        if (ids.size() > most) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private <A> RunningCall<A> running(Registered<A> registered, String responseId, Item.FunctionCall item) {
        return new RunningCall<>(this, registered.tool, registered.handler, responseId, item);
    }

    private void refuse(String responseId, Item.FunctionCall item, String callId, String known) {
        String error = "There is no function of this name. There are: " + known;
        add(Item.functionCallOutput(callId, OutputText.error(error)));
        host.finished(new Report(item.name(), callId, Duration.ZERO, Result.UNKNOWN));
        answered(responseId);
    }

    /** Answers a call in the background for now. */
    void postpone(RunningCall<?> call) {
        String name = call.call().name();
        String message = name + " runs in the background. Its result will come later, as another call of " + name
                + " with its output. Go on until then, and do not call it again for this.";
        String output = JsonObject.of("status", "running", "message", message).toString();
        add(Item.functionCallOutput(call.call().callId(), output));
        answered(call.call().responseId());
    }

    /** Sends a call's one answer. */
    void answer(RunningCall<?> call, String output, Duration took, Result result) {
        String callId = call.call().callId();
        synchronized (lock) {
            if (ended) {
                return;
            }
            running.remove(callId);
        }
        String name = call.call().name();
        if (call.isBackground()) {
            String laterId = callId.substring(0, Math.min(callId.length(), LONGEST_CALL_ID - LATER.length())) + LATER;
            add(new Item.FunctionCall(null, null, name, laterId, call.call().arguments(), JsonObject.EMPTY));
            add(Item.functionCallOutput(laterId, output));
        } else {
            add(Item.functionCallOutput(callId, output));
        }
        host.finished(new Report(name, callId, took, result));
        if (call.isBackground()) {
            host.followUpWhenIdle();
        } else {
            answered(call.call().responseId());
        }
    }

    private void add(Item item) {
        synchronized (lock) {
            if (ended) {
                return;
            }
        }
        try {
            host.add(item).whenComplete((acknowledged, refusal) -> {
                if (refusal != null) {
                    host.problem(refusal);
                }
            });
        } catch (RuntimeException e) {
            host.problem(e);
        }
    }

    private void answered(String responseId) {
        boolean due;
        synchronized (lock) {
            Turn turn = turns.get(responseId);
            if (turn != null) {
                turn.unanswered--;
            }
            due = isDue(responseId, turn);
        }
        if (due) {
            host.followUp(responseId);
        }
    }

    /** Whether the follow-up is to be asked for now. A turn that has nothing more to wait for is forgotten. */
    private boolean isDue(String responseId, @Nullable Turn turn) {
        if (turn == null || !turn.done || turn.unanswered > 0) {
            return false;
        }
        turns.remove(responseId);
        return turn.completed;
    }

    void problem(Throwable problem) {
        host.problem(problem);
    }
}
