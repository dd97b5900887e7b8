package io.github.realtime4j;

import io.github.realtime4j.history.HistoryItem;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.protocol.Voice;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolFunction;
import io.github.realtime4j.tool.ToolHandler;
import io.github.realtime4j.usage.SessionUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a model over one connection.
 *
 * <pre>{@code
 * try (RealtimeClient client = RealtimeClient.builder().build(); // the key is OPENAI_API_KEY
 *         RealtimeSession session = client.newSession().connect()) {
 *     System.out.println(session.ask("Say hello to Java.").join().text());
 * }
 * }</pre>
 *
 * <pre>
 * NEW          handlers and tools are attached
 *  │ connect   session.created; session.update with the configuration and the tools, acknowledged
 * OPEN         verbs, each a future that completes when the server has done it
 *  │ close     what is queued is sent; goodbye
 * CLOSED       or FAILED, from anywhere: every future, view and handler ends, and {@link #onEnd} says why
 * </pre>
 *
 * <p>A session keeps these promises. At most one response at a time runs on the conversation, whoever asks for it: a second
 * one waits. Functions that the model calls are run and answered, once each, and the model goes on. A command's future
 * completes when the server has acknowledged it, never just because it was sent. What the application has been told is
 * already in {@link #history}. Nothing grows without bound, and nothing waits for ever.
 *
 * <p>Any thread may call. Handlers are called on the client's executor, one at a time, in the order of the wire; they may
 * block, and wait for futures of this session, and so hold up nobody but the handlers after them. Futures complete on the
 * same executor, and not behind handlers.
 */
public final class RealtimeSession implements AutoCloseable {
    private final SessionLife life;
    private final SessionParts parts;
    private final InputAudioBuffer input = new InputAudioBuffer(this);
    private final ConversationItems items = new ConversationItems(this);
    private final OutputAudioBuffer output = new OutputAudioBuffer(this);

    RealtimeSession(SessionLife life) {
        this.life = life;
        this.parts = life.parts();
    }

    // Its life.

    /**
     * Connects, and waits until the server has acknowledged the configuration.
     *
     * @return this session
     * @throws ConnectRefusedException if there is nobody, or key or model are not accepted, or time runs out
     * @throws ServerErrorException if the configuration is refused
     */
    public RealtimeSession connect() {
        try {
            connectAsync().join();
            return this;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RealtimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Like {@link #connect}, without waiting. A second call gives the same future. */
    public CompletableFuture<RealtimeSession> connectAsync() {
        return life.connect().thenApply(open -> this);
    }

    public SessionState state() {
        return life.state();
    }

    /** The settings in force, defaults included, as the server last told them. */
    public Session settings() {
        return parts.settings().session();
    }

    /** Completes when the session has ended, however that was; never fails. */
    public CompletableFuture<SessionEnd> ended() {
        return life.ended();
    }

    /** Called once, after the last call of every handler that has no executor of its own. */
    public Subscription onEnd(Consumer<SessionEnd> handler) {
        return parts.subscriptions().onEnd(handler);
    }

    /** Says goodbye after what is queued, and waits for the end: at most for {@link SessionOptions.Builder#closeTimeout}. */
    @Override
    public void close() {
        closeAsync().join();
    }

    /** Like {@link #close}, without waiting. */
    public CompletableFuture<SessionEnd> closeAsync() {
        return life.close();
    }

    /** Drops the connection, and what has not been sent with it. */
    public void abort() {
        life.abort();
    }

    LiveSession live() {
        return life.open();
    }

    <T extends @Nullable Object> CompletableFuture<T> ask(Function<LiveSession, CompletableFuture<T>> command) {
        try {
            return command.apply(life.open());
        } catch (RealtimeException over) {
            return CompletableFuture.failedFuture(over);
        }
    }

    // Verbs, one to one with the wire.

    public InputAudioBuffer input() {
        return input;
    }

    public ConversationItems items() {
        return items;
    }

    public OutputAudioBuffer output() {
        return output;
    }

    /**
     * Changes the settings that are set, and leaves the others. The server takes all of an update or nothing.
     *
     * @return what is in force now; fails with {@link ServerErrorException}, or with {@link IllegalArgumentException} for
     *     another model, or another voice after the model has spoken: these last as long as the session
     */
    public CompletableFuture<Session> update(SessionConfig config) {
        String immutable = immutable(config);
        return immutable == null
                ? ask(live -> live.commands().update(config))
                : CompletableFuture.failedFuture(new IllegalArgumentException(immutable));
    }

    private @Nullable String immutable(SessionConfig config) {
        Session now = settings();
        if (config.model() != null && now.model() != null && !config.model().equals(now.model())) {
            return "The model of a session cannot change: it is " + now.model() + ", and " + config.model()
                    + " needs a session of its own";
        }
        Voice wanted = voice(config.audio());
        Voice voice = voice(now.audio());
        boolean spoken = parts.confinement().get(() -> parts.received().any());
        if (wanted != null && voice != null && spoken && !wanted.equals(voice)) {
            return "The voice cannot change once the model has spoken: it is " + voice + ", and " + wanted
                    + " needs a session of its own";
        }
        return null;
    }

    private static @Nullable Voice voice(@Nullable AudioConfig audio) {
        return audio == null || audio.output() == null ? null : audio.output().voice();
    }

    /** Asks for a response, when the conversation is free. */
    public ResponseHandle respond() {
        return live().respond(null, null);
    }

    /** Asks for a response with its own settings; one that is out of band runs at once, beside the conversation. */
    public ResponseHandle respond(ResponseConfig config) {
        return live().respond(config, null);
    }

    /** Stops the response that runs on the conversation, or is about to; no harm if there is none. */
    public void cancel() {
        live().cancel();
    }

    // What these add up to.

    /**
     * Says something to the model in writing and has it answer, functions included.
     *
     * @return the answer; fails as {@link Turn#answer} does
     */
    public CompletableFuture<Response> ask(String text) {
        return ask(Item.userText(text));
    }

    /** Like {@link #ask(String)}, of any item: an image, speech, or text with both. */
    public CompletableFuture<Response> ask(Item question) {
        return ask(live -> turn(live, question).answer());
    }

    /**
     * Has the model answer: a response, and, when it calls functions that have handlers here, the responses that follow,
     * until one calls none.
     *
     * @return the answer; fails as {@link Turn#answer} does
     */
    public CompletableFuture<Response> runTurn() {
        return ask(live -> turn(live, null).answer());
    }

    /** Like {@link #runTurn}, for those who want to hear it as it comes. */
    public Turn turn() {
        return turn(live(), null);
    }

    /** Like {@link #ask(Item)}, for those who want to hear the answer as it comes. */
    public Turn turn(Item question) {
        return turn(live(), question);
    }

    private Turn turn(LiveSession live, @Nullable Item question) {
        Turn turn = new Turn(parts.callbacks(), parts.gate());
        if (question == null) {
            live.respond(null, turn);
            return turn;
        }
        CompletableFuture<Item> added = live.commands().create(null, question);
        live.respond(null, turn);
        added.whenComplete((item, refusal) -> {
            if (refusal instanceof RuntimeException why) {
                turn.failed(why);
                turn.cancel();
            }
        });
        return turn;
    }

    /** Has the model say these words, in its voice, as its own turn. A model may still put it differently. */
    public ResponseHandle say(String words) {
        return respond(ResponseConfig.builder()
                .instructions("Say exactly the following, word for word, and nothing else:\n" + words)
                .toolChoice(ToolChoice.NONE)
                .build());
    }

    /**
     * The user has interrupted the model, which is silent now: cancels what runs, and makes the model forget what was not
     * heard of the item that spoke last.
     *
     * @param played how much of that item was heard; more than was received counts as all of it
     * @return completes when the server has forgotten; nothing is sent if everything was heard, and an item of which
     *     nothing was heard is deleted
     */
    public CompletableFuture<@Nullable Void> interrupt(Duration played) {
        return ask(live -> live.interrupt(null, 0, played));
    }

    /** Like {@link #interrupt(Duration)}, of one item's part; for players that hold several. */
    public CompletableFuture<@Nullable Void> interrupt(String itemId, int contentIndex, Duration played) {
        return ask(live -> live.interrupt(itemId, contentIndex, played));
    }

    // Tools.

    /**
     * Runs a function when the model calls it. Before connecting, this declares the tool too; later, declare it with {@link
     * #update}.
     *
     * @throws IllegalArgumentException if the function has a handler already
     */
    public <A> void onCall(FunctionTool<A> tool, ToolFunction<A> function) {
        onCall(tool, (arguments, call) -> function.call(arguments));
    }

    /** Like {@link #onCall(FunctionTool, ToolFunction)}, for handlers that want to know the call. */
    public <A> void onCall(FunctionTool<A> tool, ToolHandler<A> handler) {
        life.register(tool, handler);
    }

    /** Completes when the tools of all MCP servers are listed; fails with {@link McpToolsException}. */
    public CompletableFuture<@Nullable Void> awaitMcpReady() {
        return ask(LiveSession::mcpReady);
    }

    // Views.

    /**
     * Calls a handler for every event of a type: a record, a family such as {@link ResponseEvent}, or {@link ServerEvent} for
     * all. Events that a handler is told of have been applied to all that the session knows.
     */
    public <E extends ServerEvent> Subscription on(Class<E> type, Consumer<? super E> handler) {
        return parts.subscriptions().on(type, handler, null);
    }

    /** Like {@link #on(Class, Consumer)}, on an executor of its own: a slow handler that must not hold up the others. */
    public <E extends ServerEvent> Subscription on(Class<E> type, Executor executor, Consumer<? super E> handler) {
        return parts.subscriptions().on(type, handler, executor);
    }

    /** Calls a handler for every response that begins, whoever asked for it; views that it attaches miss nothing. */
    public Subscription onResponse(Consumer<ResponseHandle> handler) {
        return parts.subscriptions().onResponse(handler);
    }

    /** All events from now on; reading waits for a slow consumer. */
    public View<ServerEvent> events() {
        return parts.subscriptions().view(Subscriptions.each(ServerEvent.class, event -> event));
    }

    /** The events of a type from now on. */
    public <E extends ServerEvent> View<E> view(Class<E> type, SlowConsumer policy, int maxBytes) {
        return parts.subscriptions().view(Subscriptions.each(type, event -> event), policy, maxBytes);
    }

    /** All that the model says from now on, in the session's output format; reading waits for a slow consumer. */
    public View<ResponseEvent.OutputAudioDelta> audio() {
        return parts.subscriptions().view(Subscriptions.each(ResponseEvent.OutputAudioDelta.class, event -> event));
    }

    /** What both sides say, in words, from now on, as it comes and when it is whole; reading waits for a slow consumer. */
    public View<Transcript> transcripts() {
        return parts.subscriptions().view(new Transcripts()::show);
    }

    // What the session knows.

    /** The conversation in its order, as the server has it, unfinished items included: immutable. */
    public List<HistoryItem> history() {
        return parts.confinement().get(() -> parts.log().snapshot());
    }

    /**
     * What another session can be seeded with, item by item, to go on where this one is; see {@link
     * io.github.realtime4j.history.ConversationLog#replayable}.
     */
    public List<Item> replayable() {
        return parts.confinement().get(() -> parts.log().replayable());
    }

    /** What has been used so far, what it costs, and what is left of the rate limits. */
    public SessionUsage usage() {
        return parts.confinement().get(() -> parts.usage().usage());
    }

    /** Whether nobody speaks and no response runs, waits or is about to begin. */
    public boolean isIdle() {
        return live().isIdle();
    }
}
