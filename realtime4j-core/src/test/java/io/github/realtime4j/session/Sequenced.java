package io.github.realtime4j.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sequencer whose wire and requests remember what happens, as one line each, and whose time passes when told. */
final class Sequenced implements ResponseSequencer.Wire {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final ManualScheduler time = new ManualScheduler();
    final ResponseSequencer sequencer = new ResponseSequencer(this, this::after, PATIENCE, this::automatic);
    private final List<String> lines = new ArrayList<>();
    private int automatic;

    private Deadlines.Deadline after(Duration delay, Runnable task) {
        ScheduledFuture<?> timer = time.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    private Request automatic() {
        return new Request("auto" + ++automatic, false, true);
    }

    /** A request that remembers what becomes of it. */
    final class Request implements ResponseRequest {
        private final String eventId;
        private final boolean outOfBand;
        private final boolean carriesEventId;

        Request(String eventId, boolean outOfBand, boolean carriesEventId) {
            this.eventId = eventId;
            this.outOfBand = outOfBand;
            this.carriesEventId = carriesEventId;
        }

        @Override
        public String eventId() {
            return eventId;
        }

        @Override
        public boolean isOutOfBand() {
            return outOfBand;
        }

        @Override
        public boolean carriesEventId() {
            return carriesEventId;
        }

        @Override
        public void created(Response response) {
            lines.add(eventId + " created " + response.id());
        }

        @Override
        public void uncreated() {
            lines.add(eventId + " uncreated");
        }

        @Override
        public void done(Response response) {
            lines.add(eventId + " done " + response.id());
        }

        @Override
        public void dropped() {
            lines.add(eventId + " dropped");
        }

        @Override
        public void refused(ErrorDetail error) {
            lines.add(eventId + " refused " + error.code());
        }

        @Override
        public void late() {
            lines.add(eventId + " late");
        }

        @Override
        public void failed(RuntimeException why) {
            lines.add(eventId + " failed " + why.getMessage());
        }
    }

    /** The application asks. */
    Request create(String eventId) {
        return create(new Request(eventId, false, true));
    }

    Request createOutOfBand(String eventId) {
        return create(new Request(eventId, true, true));
    }

    Request create(Request request) {
        sequencer.create(request);
        return request;
    }

    @Override
    public void create(ResponseRequest request) {
        lines.add("> create " + request.eventId());
    }

    @Override
    public void cancel(String responseId) {
        lines.add("> cancel " + responseId);
    }

    @Override
    public void followedUp(String responseId) {
        lines.add("followed up by " + responseId);
    }

    @Override
    public void notFollowedUp(String responseId) {
        lines.add("not followed up by " + responseId);
    }

    /** The server begins a response; the metadata are as it echoes them. */
    void created(String responseId, @Nullable String echoed) {
        sequencer.created(response(responseId, echoed, "conv_1"));
    }

    /** The server begins a response of its own accord. */
    void created(String responseId) {
        created(responseId, null);
    }

    void createdOutOfBand(String responseId, @Nullable String echoed) {
        sequencer.created(response(responseId, echoed, null));
    }

    void done(String responseId) {
        done(responseId, null);
    }

    void done(String responseId, @Nullable String echoed) {
        sequencer.done(response(responseId, echoed, "conv_1"));
    }

    static Response response(String id, @Nullable String echoed, @Nullable String conversation) {
        return new Response(
                null,
                id,
                null,
                null,
                List.of(),
                conversation,
                null,
                null,
                null,
                null,
                echoed == null ? null : Map.of(ResponseSequencer.METADATA_KEY, echoed),
                JsonObject.EMPTY);
    }

    boolean alreadyActive(@Nullable String eventId) {
        return sequencer.error(error(ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE, eventId));
    }

    boolean error(String code, @Nullable String eventId) {
        return sequencer.error(error(new ErrorCode(code), eventId));
    }

    static ErrorDetail error(ErrorCode code, @Nullable String eventId) {
        return new ErrorDetail("invalid_request_error", code, "No.", null, eventId);
    }

    /** A turn of the user, which the server is about to answer. */
    void turn() {
        sequencer.speechStarted();
        sequencer.committed();
    }

    /** A tool has answered: the output is sent, and the model is to go on. */
    void answer(String callId) {
        sequencer.outputSent(callId);
        sequencer.followUp();
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** What has happened since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
