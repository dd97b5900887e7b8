package io.github.realtime4j;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.session.Confinement;
import io.github.realtime4j.session.Outgoing.Order;
import io.github.realtime4j.session.ReceivedAudio;
import io.github.realtime4j.session.ReceivedAudio.Cut;
import io.github.realtime4j.session.ResponseRequest;
import io.github.realtime4j.session.ResponseSequencer;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.usage.SessionUsage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a session. What the server says is applied here, in order, to all that the session remembers, and only
 * then told to the application; what the application says is sent from here, and remembered until it is answered. All of
 * it ends with the connection, and no future outlives it.
 */
final class LiveSession implements Opening.Events {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);
    private static final String RESPONSE_DONE = "response.done";

    private final SessionParts parts;
    private final Confinement confinement;
    private final SessionCommands commands;
    private final Responses responses;
    private final SessionTools tools;
    private final Owner owner;
    // In the confinement.
    private @Nullable Connection connection;
    private @Nullable RuntimeException over;
    private boolean warnedOfPrices;

    /** Whose connection this is. In the confinement. */
    interface Owner {
        /** A limit of the budget has been reached: no more than what it takes to say goodbye. */
        void limitReached(BudgetExceededException limit);

        /** The connection has ended. */
        void connectionEnded(ConnectionEnd end, @Nullable ErrorDetail lastError);
    }

    LiveSession(SessionParts parts, Owner owner) {
        this.parts = parts;
        this.confinement = parts.confinement();
        this.owner = owner;
        this.commands = new SessionCommands(parts);
        this.responses = new Responses(
                new ResponseHost(),
                parts.callbacks(),
                parts.gate(),
                parts.deadlines(),
                parts.options().commandTimeout(),
                parts.endpoint().echoesMetadata());
        this.tools = new SessionTools(parts, new ToolHost());
    }

    CompletableFuture<@Nullable Void> mcpReady() {
        return confinement.get(tools::mcpReady);
    }

    SessionTools tools() {
        return tools;
    }

    SessionCommands commands() {
        return commands;
    }

    // What the application says.

    /** @param turn that the response belongs to; null for none */
    ResponseHandle respond(@Nullable ResponseConfig config, @Nullable Turn turn) {
        return confinement.get(() -> responses.create(config, turn));
    }

    /** Stops what runs on the default conversation; no harm if nothing does. */
    void cancel() {
        confinement.run(() -> responses.sequencer().cancel());
    }

    /**
     * The user has interrupted: what runs is cancelled, and the item cut where it was heard.
     *
     * @param itemId null for the one that spoke last
     */
    CompletableFuture<@Nullable Void> interrupt(@Nullable String itemId, int contentIndex, Duration played) {
        Cut cut = confinement.get(() -> {
            responses.sequencer().interrupt();
            ReceivedAudio received = parts.received();
            String newest = received.newest();
            if (itemId != null) {
                return received.cut(itemId, contentIndex, played);
            }
            return newest == null ? new Cut.Nothing("") : received.cut(newest, received.newestContentIndex(), played);
        });
        CompletableFuture<@Nullable Void> told = CompletableFuture.completedFuture(null);
        if (cut instanceof Cut.Truncate at) {
            told = commands.truncate(at.itemId(), at.contentIndex(), at.audioEndMs());
        } else if (cut instanceof Cut.Delete gone) {
            told = commands.delete(gone.itemId());
        }
        // The item may be gone or cut already, by the server or by another client of the call: that is as good.
        return told.exceptionallyCompose(refusal -> refusal instanceof ServerErrorException
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(refusal));
    }

    /** Whether nobody speaks and nothing is to come on the default conversation. */
    boolean isIdle() {
        return confinement.get(() -> responses.sequencer().isIdle());
    }

    void abort() {
        Connection open = confinement.get(() -> connection);
        if (open != null) {
            open.abort();
        }
    }

    // What the server says.

    @Override
    public void attached(Connection connection) {
        boolean late = confinement.get(() -> {
            this.connection = connection;
            return over != null;
        });
        if (late) {
            connection.abort();
            return;
        }
        commands.attached(connection);
        parts.gate().attach(connection);
    }

    @Override
    public void event(ServerEvent event, int bytes) {
        confinement.run(() -> apply(event, bytes));
    }

    @Override
    public void writable() {
        commands.writable();
    }

    @Override
    public void ended(ConnectionEnd end, @Nullable ErrorDetail lastError) {
        parts.gate().attach(null);
        confinement.run(() -> owner.connectionEnded(end, lastError));
    }

    /** Settles everything that is open; nothing is applied or sent afterwards. In the confinement. */
    void end(RuntimeException why) {
        if (over != null) {
            return;
        }
        over = why;
        tools.end(why);
        responses.end(why);
        commands.end(why);
    }

    private void apply(ServerEvent event, int bytes) {
        if (over != null) {
            return;
        }
        commands.acknowledge(event);
        parts.log().apply(event);
        parts.measurements().event(event);
        boolean told = true;
        if (event instanceof ResponseEvent response) {
            told = apply(response);
        } else if (event instanceof InputAudioBufferEvent input) {
            apply(input);
        } else if (event instanceof SessionEvent session) {
            apply(session);
        } else if (event instanceof ErrorEvent error) {
            told = !isSettled(error.error());
        } else if (event instanceof ConversationEvent conversation) {
            apply(conversation);
        } else if (event instanceof ProtocolWarning warning) {
            LOG.warn("A message could not be understood and was skipped: {}", warning.problem());
            unreadable(warning);
        }
        tools.event(event);
        if (told) {
            meter(event);
            parts.subscriptions().deliver(event, bytes);
        }
    }

    /** Whatever a {@code response.done} says, the response is done: what waits for its end would wait for ever. */
    private void unreadable(ProtocolWarning warning) {
        String responseId = responses.sequencer().onlyOne();
        if (RESPONSE_DONE.equals(warning.type()) && responseId != null) {
            apply(new ResponseEvent.Done(null, Responses.failed(responseId, warning.problem())), 0);
        }
    }

    /** @return whether the application is told */
    private boolean apply(ResponseEvent event) {
        if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            return apply(delta);
        } else if (event instanceof ResponseEvent.OutputAudioDone done) {
            parts.received().done(done);
        } else if (event instanceof ResponseEvent.Done done) {
            return responses.done(done.response());
        } else if (event instanceof ResponseEvent.OutputItemDone done
                && done.item() instanceof Item.FunctionCall call) {
            if (!responses.sequencer().isOutOfBand(done.responseId())) {
                tools.call(done.responseId(), call);
            }
        } else {
            responses.event(event);
        }
        return true;
    }

    /** What has been cut, and what still comes of a response that was stopped, is not for anybody's ears. */
    private boolean apply(ResponseEvent.OutputAudioDelta delta) {
        ResponseSequencer sequencer = responses.sequencer();
        AudioFormat own = responses.outputFormat(delta.responseId());
        parts.received()
                .delta(
                        delta,
                        own == null ? parts.settings().outputFormat() : own,
                        sequencer.isOutOfBand(delta.responseId()));
        if (sequencer.isStopped(delta.responseId()) || parts.received().isCut(delta.itemId(), delta.contentIndex())) {
            return false;
        }
        responses.audio(delta);
        return true;
    }

    private void apply(InputAudioBufferEvent event) {
        ResponseSequencer sequencer = responses.sequencer();
        if (event instanceof InputAudioBufferEvent.SpeechStarted) {
            sequencer.speechStarted();
        } else if (event instanceof InputAudioBufferEvent.Committed) {
            sequencer.committed();
        } else if (event instanceof InputAudioBufferEvent.Cleared) {
            sequencer.cleared();
        } else if (event instanceof InputAudioBufferEvent.TimeoutTriggered) {
            sequencer.serverAnswerIsDue();
        }
    }

    private void apply(ConversationEvent event) {
        if (event instanceof ConversationEvent.ItemDeleted deleted) {
            parts.received().deleted(deleted.itemId());
        } else if (event instanceof ConversationEvent.ItemAdded added) {
            added(added.item());
        } else if (event instanceof ConversationEvent.ItemCreated created) {
            added(created.item());
        }
    }

    private void added(Item item) {
        if (item instanceof Item.FunctionCallOutput output) {
            responses.sequencer().outputSettled(output.callId());
        }
    }

    private void apply(SessionEvent event) {
        Session session = null;
        if (event instanceof SessionEvent.Created created) {
            session = created.session();
        } else if (event instanceof SessionEvent.Updated updated) {
            session = updated.session();
        }
        if (session != null) {
            parts.settings().set(session);
            responses.sequencer().serverAnswersTurns(parts.settings().serverAnswersTurns());
            responses.sequencer().serverInterrupts(parts.settings().serverInterrupts());
            if (parts.settings().isTurnDetectionOff()) {
                // Nobody would tell that the user has stopped.
                responses.sequencer().cleared();
            }
            tools.inForce(session.tools());
        }
    }

    /** Whether an error is no news for the application: a race that the sequencer has won, or one that means nothing. */
    private boolean isSettled(ErrorDetail error) {
        boolean claimed = commands.refuse(error) || responses.sequencer().error(error);
        ErrorCode code = error.code();
        if (claimed && ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE.equals(code)) {
            return true;
        } else if (ErrorCode.RESPONSE_CANCEL_NOT_ACTIVE.equals(code)) {
            return true;
        } else if (!claimed) {
            // Its words may quote the user's: only what kind it is.
            LOG.warn("The server reported an error of type {}, code {}, at {}", error.type(), code, error.param());
        }
        return false;
    }

    private void meter(ServerEvent event) {
        parts.usage().apply(event);
        if (event instanceof ResponseEvent.Done
                || event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted) {
            SessionUsage used = parts.usage().usage();
            parts.measurements().tell(to -> to.usage(used));
            warnOfWhatHasNoPrice(used);
            requireBudget();
        }
    }

    /** A limit of cost is none for what nobody knows the price of. */
    private void warnOfWhatHasNoPrice(SessionUsage used) {
        if (parts.options().budget().maxCost() != null && !used.unpriced().isEmpty() && !warnedOfPrices) {
            warnedOfPrices = true;
            LOG.warn("maxCost does not count what has no price: {} (see SessionOptions.prices)", used.unpriced());
        }
    }

    /** Ends the session if a limit has been reached. */
    void requireBudget() {
        parts.options()
                .budget()
                .reached(parts.usage().usage(), parts.measurements().elapsed())
                .ifPresent(limit -> owner.limitReached(new BudgetExceededException(limit)));
    }

    /** What responses need of the session. */
    private final class ResponseHost implements Responses.Host {
        @Override
        public String nextEventId() {
            return commands.nextEventId();
        }

        @Override
        public void send(ClientEvent event, Order order) {
            if (event instanceof ClientEvent.ResponseCreate) {
                parts.measurements().asked();
            }
            commands.send(event, order);
        }

        @Override
        public void cancel(ResponseRequest request) {
            confinement.run(() -> responses.sequencer().cancel(request));
        }

        @Override
        public void cancel(String responseId) {
            confinement.run(() -> responses.sequencer().cancel(responseId));
        }

        @Override
        public void began(ResponseHandle handle, Response response) {
            parts.subscriptions().began(handle);
        }

        @Override
        public boolean ended(Outcome outcome, boolean outOfBand) {
            parts.measurements().done(outcome);
            parts.report(outcome);
            return !outOfBand && tools.responseDone(outcome.response());
        }
    }

    /** What tools need of the session. */
    private final class ToolHost implements SessionTools.Host {
        @Override
        public CompletableFuture<Item> add(Item item) {
            if (!(item instanceof Item.FunctionCallOutput output)) {
                return commands.create(null, item);
            }
            String callId = output.callId();
            confinement.run(() -> responses.sequencer().outputSent(callId));
            CompletableFuture<Item> added = commands.create(null, item);
            added.whenComplete((taken, refusal) ->
                    confinement.run(() -> responses.sequencer().outputSettled(callId)));
            return added;
        }

        @Override
        public void followUp() {
            confinement.run(() -> responses.sequencer().followUp());
        }

        @Override
        public void turnGoesOn() {
            responses.turnGoesOn();
        }
    }
}
