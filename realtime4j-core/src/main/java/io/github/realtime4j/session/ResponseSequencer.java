package io.github.realtime4j.session;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.session.Deadlines.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most one response at a time run on the default conversation, whoever asks for it.
 *
 * <pre>
 *            create                  response.created              response.done
 *   free ─────────────▶ in flight ─────────────────────▶ active ─────────────────▶ free
 *    ▲                      │  error: already active: back to the head of the queue    │
 *    └──────────────────────┘  error, or no answer: refused                            │
 *    the server's own response.created (turn detection) makes it active from any state ◀┘
 * </pre>
 *
 * <ul>
 *   <li>What the application asks for stays distinct and queues.
 *   <li>What the session itself wants after tool results ({@link #followUp}) is one response, however often it is wanted;
 *       it waits until nobody speaks, and any response that begins after the wish fulfils it.
 *   <li>A request that was withdrawn or given up while in flight is cancelled by id when its response arrives after all.
 *   <li>Out-of-band responses run beside all this.
 * </ul>
 *
 * <p>{@code response.created} does not say which {@code response.create} it answers, but echoes its metadata. So each
 * request carries its {@code event_id} as metadata, where the server can echo it; where it does not, the first response
 * that is not the answer to a turn of the user is taken for the one in flight. Confined to its owner.
 */
public final class ResponseSequencer {
    /** The metadata key that carries a request's {@code event_id}. */
    public static final String METADATA_KEY = "realtime4j_event_id";

    private static final Duration RETRY = Duration.ofMillis(100);

    private static final int MAX_REJECTIONS = 10;

    private final Wire wire;
    private final Deadlines deadlines;
    private final Duration patience;
    private final Supplier<ResponseRequest> automatic;
    private final Floor floor;
    private final FollowUp followUp = new FollowUp();

    private final Deque<Flight> queue = new ArrayDeque<>();
    private final Beside beside;
    private final Tombstones tombstones = new Tombstones();

    private @Nullable Flight flight;
    private @Nullable Active active;
    private Deadline retry = Deadline.NONE;
    private boolean serverEchoes;
    private boolean serverInterrupts;
    private @Nullable RuntimeException closed;

    /** What goes out. */
    public interface Wire {
        /** Sends {@code response.create} for a request. */
        void create(ResponseRequest request);

        /** Sends {@code response.cancel}. */
        void cancel(String responseId);

        /** The response that was wanted by {@link #followUp} has begun. */
        void followedUp(String responseId);

        /** It was another's; the one that was wanted is yet to begin. */
        void notFollowedUp(String responseId);
    }

    /**
     * @param patience how long a request may go unanswered
     * @param automatic makes the request of a follow-up
     */
    public ResponseSequencer(Wire wire, Deadlines deadlines, Duration patience, Supplier<ResponseRequest> automatic) {
        this.wire = wire;
        this.deadlines = deadlines;
        this.patience = patience;
        this.automatic = automatic;
        this.beside = new Beside(wire);
        this.floor = new Floor(deadlines, this::next);
    }

    /** Whether the server answers the turns it detects; from the session's turn detection. */
    public void serverAnswersTurns(boolean answers) {
        floor.serverAnswersTurns(answers);
        next();
    }

    /** Whether the server cancels what runs when it hears the user; from the session's turn detection. */
    public void serverInterrupts(boolean interrupts) {
        serverInterrupts = interrupts;
    }

    /** Sends a request as soon as the conversation is free; an out-of-band one at once. */
    public void create(ResponseRequest request) {
        if (closed != null) {
            request.failed(closed);
        } else if (request.isOutOfBand()) {
            Flight sent = new Flight(request, false);
            beside.sent(sent);
            send(sent);
        } else {
            queue.addLast(new Flight(request, false));
            next();
        }
    }

    /** Something was sent that a follow-up is to see. */
    public void outputSent(String callId) {
        followUp.outputSent(callId);
        if (flight != null) {
            flight.sentBeforeOutputs = true;
        }
    }

    /** The server has it, or will never have it. */
    public void outputSettled(String callId) {
        followUp.outputSettled(callId);
    }

    /** One response is wanted that sees what has been added to the conversation. */
    public void followUp() {
        followUp.wanted = true;
        next();
    }

    private void next() {
        if (flight != null || active != null || closed != null || retry != Deadline.NONE) {
            return;
        }
        Flight sent = queue.pollFirst();
        if (sent == null && followUp.wanted && floor.isFree()) {
            sent = new Flight(automatic.get(), true);
        }
        if (sent != null) {
            flight = sent;
            send(sent);
        }
    }

    private void send(Flight sent) {
        sent.deadline = deadlines.after(patience, () -> expire(sent));
        wire.create(sent.request);
    }

    private void expire(Flight sent) {
        tombstones.bury(sent);
        if (sent == flight) {
            flight = null;
        } else {
            beside.take(sent.request.eventId());
        }
        abandonFollowUp(sent);
        sent.request.late();
        next();
    }

    /** A follow-up that cannot be had is not wanted any more. */
    private void abandonFollowUp(Flight sent) {
        if (sent.automatic) {
            followUp.abandon();
        }
    }

    /**
     * Stops a request, wherever it is. Queued, it is dropped; in flight, it is cancelled on arrival; active, it is
     * cancelled now.
     */
    public void cancel(ResponseRequest request) {
        if (queue.removeIf(waiting -> waiting.request == request)) {
            request.dropped();
        } else if (flight != null && flight.request == request) {
            flight.withdrawn = true;
        } else if (active != null && active.flight != null && active.flight.request == request) {
            cancel(active);
        } else {
            beside.cancel(request);
        }
    }

    /** Stops what is active or in flight on the default conversation, and not what is queued; no harm if nothing is. */
    public void cancel() {
        if (active != null) {
            cancel(active);
        }
        withdrawFlight();
    }

    /**
     * Like {@link #cancel()}, because the user has begun to speak. A response that the server cancels for the same reason is
     * not cancelled a second time, unless the turn ends and it still runs.
     */
    public void interrupt() {
        if (active != null && active.interruptedByServer) {
            active.stop();
        } else if (active != null) {
            cancel(active);
        }
        withdrawFlight();
    }

    private void withdrawFlight() {
        if (flight != null) {
            flight.withdrawn = true;
        }
    }

    /** Stops a running response by its id; no harm if it has ended. */
    public void cancel(String responseId) {
        if (active != null && active.responseId.equals(responseId)) {
            cancel(active);
        } else {
            beside.cancel(responseId);
        }
    }

    private void cancel(Active running) {
        running.stop();
        if (!running.cancelled) {
            running.cancelled = true;
            wire.cancel(running.responseId);
        }
    }

    /** The response that runs on the default conversation. */
    public @Nullable String active() {
        return active == null ? null : active.responseId;
    }

    /** The response that runs, if no other does; null if it is not clear which. */
    public @Nullable String onlyOne() {
        return beside.isQuiet() ? active() : null;
    }

    /** Whether this response runs and what still comes of it is not wanted. */
    public boolean isStopped(String responseId) {
        return active != null && active.stopped && active.responseId.equals(responseId);
    }

    /** Whether this response runs beside the default conversation. */
    public boolean isOutOfBand(@Nullable String responseId) {
        return beside.isOutOfBand(responseId);
    }

    /** Whether a response that was wanted by {@link #followUp} has yet to begin. */
    public boolean isFollowUpWanted() {
        return followUp.wanted;
    }

    /** Whether nothing runs, waits, or is about to begin on the default conversation. */
    public boolean isIdle() {
        return active == null && flight == null && queue.isEmpty() && !followUp.wanted && floor.isFree();
    }

    /** {@code response.created}. */
    public void created(Response response) {
        String id = String.valueOf(response.id());
        String echoed = echo(response);
        Flight aside = takeOutOfBand(response, echoed);
        if (aside != null) {
            beside.arrived(aside, response);
            return;
        }
        Flight buried = tombstones.take(echoed);
        if (buried != null && buried.request.isOutOfBand()) {
            wire.cancel(id);
            return;
        }
        overtake();
        stopRetrying();
        Flight own = ownOf(echoed);
        active = new Active(id, own);
        if (own != null) {
            flight = null;
            own.deadline.cancel();
            own.request.created(response);
        } else {
            floor.serverAnswered();
        }
        if (own != null ? own.withdrawn : buried != null) {
            cancel(active);
        }
        if (followUp.fulfil(own)) {
            active.fulfilsAsOwn = !followUp.isSeenByAll();
            wire.followedUp(id);
        }
    }

    private @Nullable String echo(Response response) {
        String echoed = response.metadata() == null ? null : response.metadata().get(METADATA_KEY);
        serverEchoes |= echoed != null;
        return echoed;
    }

    /** A response that has not ended when the next begins goes on beside it. */
    private void overtake() {
        if (active != null && active.flight != null) {
            beside.overtaken(active.responseId, active.flight.request);
        }
    }

    /** The flight on the default conversation that a new response answers; null if it is the server's own. */
    private @Nullable Flight ownOf(@Nullable String echoed) {
        Flight sent = flight;
        if (sent == null) {
            return null;
        }
        boolean named = sent.request.eventId().equals(echoed);
        boolean wouldBeNamed = serverEchoes && sent.request.carriesEventId();
        return named || (echoed == null && !wouldBeNamed && !floor.isServerAnswerDue()) ? sent : null;
    }

    private @Nullable Flight takeOutOfBand(Response response, @Nullable String echoed) {
        if (echoed != null) {
            return beside.take(echoed);
        }
        // Without an echo, the order of sending is all there is to go by.
        return response.conversationId() == null && !serverEchoes && flight == null ? beside.takeFirst() : null;
    }

    /** {@code response.done}. A second one, and one of a response that nobody here knows, has no effect. */
    public void done(Response response) {
        String id = String.valueOf(response.id());
        if (!beside.done(response)) {
            doneOnConversation(id, response);
        }
        next();
    }

    private void doneOnConversation(String id, Response response) {
        if (active != null && active.responseId.equals(id)) {
            Flight finished = active.flight;
            active = null;
            if (finished != null) {
                finished.request.done(response);
            }
        } else {
            doneUnseen(response);
        }
    }

    /** A response that ended before it was announced: seen after fast interruptions. */
    private void doneUnseen(Response response) {
        String echoed = echo(response);
        Flight sent = beside.take(echoed);
        if (sent == null && flight != null && flight.request.eventId().equals(echoed)) {
            sent = flight;
            flight = null;
        }
        if (sent != null) {
            sent.deadline.cancel();
            sent.request.created(response);
            if (!sent.request.isOutOfBand() && followUp.fulfil(sent)) {
                wire.followedUp(String.valueOf(response.id()));
            }
            sent.request.done(response);
        }
    }

    /**
     * An {@code error}.
     *
     * @return whether it was about a request of this sequencer, and is settled here
     */
    public boolean error(ErrorDetail error) {
        boolean alreadyActive = ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE.equals(error.code());
        String eventId = error.eventId();
        Flight sent = beside.take(eventId);
        if (sent != null) {
            sent.deadline.cancel();
            sent.request.refused(error);
            return true;
        }
        sent = rejected(eventId, alreadyActive);
        if (sent == null) {
            return tombstones.take(eventId) != null;
        }
        sent.deadline.cancel();
        if (alreadyActive && (active != null || rejections(sent) < MAX_REJECTIONS)) {
            again(sent);
        } else {
            abandonFollowUp(sent);
            sent.request.refused(error);
        }
        next();
        return true;
    }

    /** Takes the request that an error names out of flight, or away from the response that it was thought to have got. */
    private @Nullable Flight rejected(@Nullable String eventId, boolean alreadyActive) {
        Flight sent = flight;
        if (sent != null
                && (eventId == null ? alreadyActive : sent.request.eventId().equals(eventId))) {
            flight = null;
            return sent;
        }
        Flight mistaken = active == null ? null : active.flight;
        if (active != null && mistaken != null && mistaken.request.eventId().equals(eventId)) {
            active.flight = null;
            mistaken.request.uncreated();
            if (active.fulfilsAsOwn) {
                followUp.wanted = true;
                wire.notFollowedUp(active.responseId);
            }
            return mistaken;
        }
        return null;
    }

    /** How often a request was refused for something that nobody here has seen. */
    private int rejections(Flight sent) {
        return sent.automatic ? followUp.rejections : sent.rejections;
    }

    /** Another response stood in the way: the request waits at the head of the queue, a follow-up is wanted as before. */
    private void again(Flight sent) {
        if (sent.withdrawn) {
            abandonFollowUp(sent);
        }
        if (sent.withdrawn || sent.automatic) {
            sent.request.dropped();
        } else {
            queue.addFirst(sent);
        }
        if (active == null) {
            // What stood in the way may be over already, or never be announced: waiting for its end would be forever.
            int rejections = sent.automatic ? ++followUp.rejections : ++sent.rejections;
            retry = deadlines.after(RETRY.multipliedBy(rejections), () -> {
                retry = Deadline.NONE;
                next();
            });
        }
    }

    private void stopRetrying() {
        retry.cancel();
        retry = Deadline.NONE;
    }

    /** {@code input_audio_buffer.speech_started}. */
    public void speechStarted() {
        floor.speechStarted();
        if (active != null) {
            active.interruptedByServer = serverInterrupts;
        }
    }

    /** {@code input_audio_buffer.committed}. */
    public void committed() {
        if (active != null && active.stopped) {
            // The server has not kept its promise to cancel it.
            cancel(active);
        }
        floor.committed();
        next();
    }

    /** {@code input_audio_buffer.cleared}. */
    public void cleared() {
        floor.cleared();
        next();
    }

    /** {@code input_audio_buffer.timeout_triggered}: the server will speak without being asked. */
    public void serverAnswerIsDue() {
        floor.serverAnswerIsDue();
    }

    /** Sends nothing more; what waits or runs fails. */
    public void end(RuntimeException why) {
        closed = why;
        List<Flight> unanswered = new ArrayList<>(queue);
        if (flight != null) {
            unanswered.add(flight);
        }
        if (active != null && active.flight != null) {
            unanswered.add(active.flight);
        }
        unanswered.forEach(sent -> sent.deadline.cancel());
        List<ResponseRequest> left = beside.drain();
        unanswered.forEach(sent -> left.add(sent.request));
        queue.clear();
        flight = null;
        active = null;
        floor.serverAnswered();
        stopRetrying();
        left.forEach(request -> request.failed(why));
    }
}
