package io.github.realtime4j;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.StatusDetails;
import io.github.realtime4j.session.Deadlines;
import io.github.realtime4j.session.Outgoing.Order;
import io.github.realtime4j.session.ReadGate;
import io.github.realtime4j.session.ResponseRequest;
import io.github.realtime4j.session.ResponseSequencer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The responses of one connection: who asked for them, what they say, and the turns that they make up. In the session's
 * confinement.
 */
final class Responses {
    private static final int MAX_METADATA = 16;
    private static final int REMEMBERED = 32;

    /** What became of a response that was withdrawn before it began. */
    private static final Response DROPPED =
            ended(null, Response.Status.CANCELLED, new StatusDetails.Cancelled("client_cancelled"));

    private final Host host;
    private final Executor callbacks;
    private final ReadGate gate;
    private final Duration patience;
    private final boolean echoes;
    private final ResponseSequencer sequencer;

    /** What runs, by response id. */
    private final Map<String, Running> running = new HashMap<>(4);

    /** The newest responses that have ended, so that a second {@code response.done} is known as such. */
    private final Set<String> ended = new LinkedHashSet<>(4);

    /** Turns that wait for the response that follows function calls. */
    private final List<Turn> waiting = new ArrayList<>(1);

    /** Told by the sequencer while it takes in a response that was wanted after function calls. */
    private @Nullable String followUp;

    /** The server goes on by itself with the turn that has just ended. */
    private boolean goesOn;

    /** What a session does for its responses. */
    interface Host {
        String nextEventId();

        void send(ClientEvent event, Order order);

        /** Stops a request, from any thread. */
        void cancel(ResponseRequest request);

        /** Stops a response that nobody here asked for, from any thread. */
        void cancel(String responseId);

        /** The server has begun a response, whoever asked for it. */
        void began(ResponseHandle handle, Response response);

        /** @return whether a response will follow by itself, because function calls are being answered */
        boolean ended(Outcome outcome, boolean outOfBand);
    }

    /** A response that the server has begun. */
    private static final class Running {
        private final ResponseHandle handle;

        /** Null if that is the session's. */
        private final @Nullable AudioFormat format;

        private final List<Turn> turns = new ArrayList<>(1);

        Running(ResponseHandle handle, @Nullable AudioFormat format) {
            this.handle = handle;
            this.format = format;
        }
    }

    /** @param echoes whether metadata may be sent, so that the server's echo tells whose response begins */
    Responses(Host host, Executor callbacks, ReadGate gate, Deadlines deadlines, Duration patience, boolean echoes) {
        this.host = host;
        this.callbacks = callbacks;
        this.gate = gate;
        this.patience = patience;
        this.echoes = echoes;
        this.sequencer = new ResponseSequencer(new Wire(), deadlines, patience, () -> new Request(null, null, true));
    }

    /** A response whose end this side does not understand. */
    static Response failed(String responseId, String problem) {
        ErrorDetail error = new ErrorDetail("protocol_warning", null, problem, null, null);
        return ended(responseId, Response.Status.FAILED, new StatusDetails.Failed(error));
    }

    private static Response ended(@Nullable String id, Response.Status status, StatusDetails details) {
        return new Response(null, id, status, details, List.of(), null, null, null, null, null, null, JsonObject.EMPTY);
    }

    ResponseSequencer sequencer() {
        return sequencer;
    }

    /** @param turn that the response belongs to; null for none */
    ResponseHandle create(@Nullable ResponseConfig config, @Nullable Turn turn) {
        Request request = new Request(config, turn, false);
        if (turn == null) {
            request.handle.output().keep();
        } else {
            turn.goesOn(request.handle);
        }
        sequencer.create(request);
        return request.handle;
    }

    /** The turn that is ending goes on with the next response that the server begins. */
    void turnGoesOn() {
        goesOn = true;
    }

    void event(ResponseEvent event) {
        if (event instanceof ResponseEvent.Created created) {
            created(created.response());
        } else if (event instanceof ResponseEvent.OutputTextDelta delta) {
            text(delta.responseId(), delta.delta());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            text(delta.responseId(), delta.delta());
        }
    }

    private void text(String responseId, String piece) {
        Running response = running.get(responseId);
        if (response != null) {
            response.handle.output().text(piece);
            response.turns.forEach(turn -> turn.output().text(piece));
        }
    }

    void audio(ResponseEvent.OutputAudioDelta delta) {
        Running response = running.get(delta.responseId());
        if (response != null) {
            response.handle.output().audio(delta);
            response.turns.forEach(turn -> turn.output().audio(delta));
        }
    }

    /** In which format a running response speaks; null if it is the session's, or unknown. */
    @Nullable
    AudioFormat outputFormat(String responseId) {
        Running response = running.get(responseId);
        return response == null ? null : response.format;
    }

    private void created(Response response) {
        String id = String.valueOf(response.id());
        sequencer.created(response);
        Running begun = running.get(id);
        if (begun == null) {
            begun = begin(response, new ResponseHandle(callbacks, gate, any -> host.cancel(id)));
        }
        if (goesOn || id.equals(followUp)) {
            takeWaiting(begun);
        }
        goesOn = false;
    }

    private void takeWaiting(Running response) {
        response.turns.addAll(waiting);
        waiting.forEach(turn -> turn.goesOn(response.handle));
        waiting.clear();
        followUp = null;
    }

    private Running begin(Response response, ResponseHandle handle) {
        Running begun = new Running(handle, response.outputFormat());
        running.put(String.valueOf(response.id()), begun);
        host.began(handle, response);
        handle.created(response);
        return begun;
    }

    /** @return false for a response that is known to have ended before */
    boolean done(Response response) {
        String id = String.valueOf(response.id());
        if (!ended.add(id)) {
            return false;
        }
        if (ended.size() > REMEMBERED) {
            ended.remove(ended.iterator().next());
        }
        Outcome outcome = Outcome.of(response);
        boolean follows = host.ended(outcome, sequencer.isOutOfBand(id));
        sequencer.done(response);
        Running over = running.remove(id);
        if (over != null) {
            if (id.equals(followUp)) {
                takeWaiting(over);
            }
            over.handle.done(outcome);
            if (follows) {
                waiting.addAll(over.turns);
            } else {
                over.turns.forEach(turn -> turn.over(outcome));
            }
        }
        return true;
    }

    /** Ends everything that is not over. */
    void end(RuntimeException why) {
        sequencer.end(why);
        running.values().forEach(left -> {
            left.handle.failed(why);
            left.turns.forEach(turn -> turn.failed(why));
        });
        running.clear();
        failWaiting(why);
    }

    private void failWaiting(RuntimeException why) {
        waiting.forEach(turn -> turn.failed(why));
        waiting.clear();
    }

    private final class Wire implements ResponseSequencer.Wire {
        @Override
        public void create(ResponseRequest request) {
            host.send(((Request) request).event(), Order.FREE);
        }

        @Override
        public void cancel(String responseId) {
            host.send(new ClientEvent.ResponseCancel(host.nextEventId(), responseId), Order.URGENT);
        }

        @Override
        public void followedUp(String responseId) {
            followUp = responseId;
        }

        @Override
        public void notFollowedUp(String responseId) {
            Running begun = running.get(responseId);
            if (begun != null) {
                waiting.addAll(begun.turns);
                begun.turns.clear();
            }
        }
    }

    /** One {@code response.create}. */
    private final class Request implements ResponseRequest {
        private final String eventId = host.nextEventId();
        private final ResponseHandle handle = new ResponseHandle(callbacks, gate, any -> host.cancel(this));
        private final @Nullable ResponseConfig config;
        private final @Nullable Turn turn;
        private final boolean automatic;

        Request(@Nullable ResponseConfig config, @Nullable Turn turn, boolean automatic) {
            this.config = config;
            this.turn = turn;
            this.automatic = automatic;
        }

        ClientEvent event() {
            if (!carriesEventId()) {
                return new ClientEvent.ResponseCreate(eventId, config);
            }
            ResponseConfig base = config == null ? ResponseConfig.builder().build() : config;
            return new ClientEvent.ResponseCreate(eventId, base.withMetadata(ResponseSequencer.METADATA_KEY, eventId));
        }

        @Override
        public String eventId() {
            return eventId;
        }

        @Override
        public boolean isOutOfBand() {
            return config != null && ResponseConfig.OUT_OF_BAND.equals(config.conversation());
        }

        @Override
        public boolean carriesEventId() {
            return echoes
                    && (config == null
                            || config.metadata() == null
                            || config.metadata().size() < MAX_METADATA);
        }

        @Override
        public void created(Response response) {
            Running begun = begin(response, handle);
            if (turn != null) {
                begun.turns.add(turn);
            }
        }

        @Override
        public void uncreated() {
            running.replaceAll((id, begun) -> begun.handle == handle ? unheld(id, begun) : begun);
            handle.uncreated();
        }

        /** What runs is the server's own, and nobody holds it; other turns may go on with it. */
        private Running unheld(String responseId, Running begun) {
            Running unheld =
                    new Running(new ResponseHandle(callbacks, gate, any -> host.cancel(responseId)), begun.format);
            unheld.turns.addAll(begun.turns);
            unheld.turns.remove(turn);
            return unheld;
        }

        @Override
        public void done(Response response) {}

        @Override
        public void dropped() {
            Outcome outcome = Outcome.of(DROPPED);
            handle.done(outcome);
            if (turn != null) {
                turn.over(outcome);
            }
            if (automatic && !sequencer.isFollowUpWanted()) {
                waiting.forEach(left -> left.over(outcome));
                waiting.clear();
            }
        }

        @Override
        public void refused(ErrorDetail error) {
            failed(new ServerErrorException(error));
        }

        @Override
        public void late() {
            failed(new CommandTimeoutException("response.create", patience));
        }

        @Override
        public void failed(RuntimeException why) {
            handle.failed(why);
            if (turn != null) {
                turn.failed(why);
            }
            if (automatic) {
                failWaiting(why);
            }
        }
    }
}
