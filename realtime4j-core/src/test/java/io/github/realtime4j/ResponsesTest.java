package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.StatusDetails;
import io.github.realtime4j.session.Deadlines;
import io.github.realtime4j.session.ManualScheduler;
import io.github.realtime4j.session.Outgoing.Order;
import io.github.realtime4j.session.ReadGate;
import io.github.realtime4j.session.ResponseRequest;
import io.github.realtime4j.session.ResponseSequencer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handles and turns, whatever becomes of the responses they wait for. */
final class ResponsesTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> sent = new ArrayList<>();
    private final List<ResponseHandle> begun = new ArrayList<>();
    private final Turn turn = new Turn(Runnable::run, new ReadGate());
    private final Responses responses =
            new Responses(new Host(), Runnable::run, new ReadGate(), this::after, Duration.ofSeconds(10), true);
    private boolean follows;

    private Deadlines.Deadline after(Duration delay, Runnable task) {
        ScheduledFuture<?> timer = time.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /** Remembers what is sent. */
    private final class Host implements Responses.Host {
        private int events;

        @Override
        public String nextEventId() {
            return "e" + ++events;
        }

        @Override
        public void send(ClientEvent event, Order order) {
            if (event instanceof ClientEvent.ResponseCreate create) {
                sent.add("create " + create.eventId());
            } else if (event instanceof ClientEvent.ResponseCancel cancel) {
                sent.add("cancel " + cancel.responseId());
            }
        }

        @Override
        public void cancel(ResponseRequest request) {
            responses.sequencer().cancel(request);
        }

        @Override
        public void cancel(String responseId) {
            responses.sequencer().cancel(responseId);
        }

        @Override
        public void began(ResponseHandle handle, Response response) {
            begun.add(handle);
        }

        @Override
        public boolean ended(Outcome outcome, boolean outOfBand) {
            return follows;
        }
    }

    private static Response response(String id, Response.Status status, @Nullable String echoed) {
        return new Response(
                null,
                id,
                status,
                status.equals(Response.Status.CANCELLED) ? new StatusDetails.Cancelled("turn_detected") : null,
                List.of(),
                "conv_1",
                null,
                null,
                null,
                null,
                echoed == null ? null : Map.of(ResponseSequencer.METADATA_KEY, echoed),
                JsonObject.EMPTY);
    }

    private void created(String id, @Nullable String echoed) {
        responses.event(new ResponseEvent.Created(null, response(id, Response.Status.IN_PROGRESS, echoed)));
    }

    private boolean done(String id, @Nullable String echoed) {
        return responses.done(response(id, Response.Status.COMPLETED, echoed));
    }

    private void text(String id, String delta) {
        responses.event(new ResponseEvent.OutputTextDelta(null, id, "i1", 0, 0, delta, null));
    }

    private void alreadyActive(String eventId) {
        responses
                .sequencer()
                .error(new ErrorDetail(null, ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE, "No.", null, eventId));
    }

    private static List<String> texts(View<String> view) {
        List<String> all = new ArrayList<>();
        view.forEach(all::add);
        return all;
    }

    /** The turn's first response has called a function, whose output is on its way. */
    private void callsAFunction() {
        responses.create(null, turn);
        created("r1", "e1");
        responses.sequencer().outputSent("call_1");
        follows = true;
        responses.sequencer().followUp();
        done("r1", null);
        follows = false;
        assertThat(sent).containsExactly("create e1", "create e2");
        sent.clear();
    }

    @Test
    void aHandleSeesItsResponseFromBeginningToEnd() {
        ResponseHandle handle = responses.create(null, null);
        View<String> early = handle.text();
        assertThat(handle.id()).isNull();
        created("r1", "e1");
        text("r1", "Hel");
        text("other", "no");
        View<String> late = handle.text();
        text("r1", "lo");
        assertThat(handle.id()).isEqualTo("r1");
        assertThat(handle.created()).isCompletedWithValueMatching(response -> "r1".equals(response.id()));
        assertThat(handle.done()).isNotDone();
        assertThat(done("r1", null)).isTrue();
        assertThat(handle.done()).isCompletedWithValueMatching(Outcome.Completed.class::isInstance);
        assertThat(texts(early)).containsExactly("Hel", "lo");
        assertThat(texts(late)).containsExactly("Hel", "lo");
        assertThat(texts(handle.text())).containsExactly("Hel", "lo");
    }

    @Test
    void aResponseThatIsDoneTwiceIsDoneOnce() {
        responses.create(null, null);
        created("r1", "e1");
        assertThat(done("r1", null)).isTrue();
        assertThat(done("r1", null)).isFalse();
    }

    @Test
    void outcomesAreWhatTheServerSaysAndNeverFailures() {
        ResponseHandle handle = responses.create(null, null);
        created("r1", "e1");
        responses.done(response("r1", Response.Status.CANCELLED, null));
        assertThat(handle.done().join())
                .isInstanceOfSatisfying(
                        Outcome.Cancelled.class,
                        cancelled -> assertThat(cancelled.reason()).isEqualTo("turn_detected"));
    }

    @Test
    void cancelledWhileItQueuesItIsCancelledByTheClient() {
        created("vad", null);
        ResponseHandle handle = responses.create(null, null);
        assertThat(handle.cancel().join())
                .isInstanceOfSatisfying(
                        Outcome.Cancelled.class,
                        cancelled -> assertThat(cancelled.reason()).isEqualTo("client_cancelled"));
        assertThat(handle.created()).isCompleted();
        assertThat(sent).isEmpty();
    }

    @Test
    void aResponseOfTheServersOwnCanBeHeldAndCancelled() {
        created("vad", null);
        assertThat(begun).hasSize(1);
        assertThat(begun.get(0).id()).isEqualTo("vad");
        begun.get(0).cancel();
        assertThat(sent).containsExactly("cancel vad");
    }

    @Test
    void refusedAndUnansweredItsFuturesFail() {
        ResponseHandle refused = responses.create(null, null);
        responses.sequencer().error(new ErrorDetail(null, ErrorCode.INVALID_VALUE, "No.", null, "e1"));
        assertThat(refused.done())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ServerErrorException.class);
        ResponseHandle late = responses.create(null, null);
        time.advance(Duration.ofSeconds(10));
        assertThat(late.created())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CommandTimeoutException.class)
                .withMessageStartingWith("The server did not answer response.create within 10000 ms;");
    }

    @Test
    void whatWasTakenForTheWrongResponseIsForgotten() {
        ResponseHandle handle = responses.create(null, null);
        created("vad", null);
        text("vad", "wrong");
        alreadyActive("e1");
        assertThat(handle.id()).isNull();
        text("vad", "wrong too");
        done("vad", null);
        assertThat(handle.done()).isNotDone();
        created("r1", "e1");
        text("r1", "right");
        done("r1", null);
        assertThat(texts(handle.text())).containsExactly("right");
    }

    @Test
    void aRequestWithSixteenPairsOfItsOwnIsLeftAsItIs() {
        ResponseConfig.Builder full = ResponseConfig.builder();
        for (int i = 0; i < 16; i++) {
            full.metadata("key" + i, "value");
        }
        ResponseHandle handle = responses.create(full.build(), null);
        created("r1", null);
        assertThat(handle.created()).isCompleted();
    }

    @Test
    void aTurnGoesOnUntilAResponseCallsNothing() {
        callsAFunction();
        created("r2", "e2");
        assertThat(turn.answer()).isNotDone();
        done("r2", null);
        assertThat(turn.answer()).isCompletedWithValueMatching(response -> "r2".equals(response.id()));
    }

    @Test
    void aTurnGoesOnWithTheServersOwnResponseIfThatHasSeenTheOutput() {
        callsAFunction();
        responses.sequencer().outputSettled("call_1");
        responses.sequencer().speechStarted();
        responses.sequencer().committed();
        created("vad", null);
        alreadyActive("e2");
        done("vad", null);
        assertThat(turn.answer()).isCompletedWithValueMatching(response -> "vad".equals(response.id()));
    }

    @Test
    void aTurnThatWasTakenForTheWrongResponseGoesOnWithTheRightOne() {
        // The server's echo is not known yet.
        responses.create(null, turn);
        created("r1", null);
        responses.sequencer().outputSent("call_1");
        follows = true;
        responses.sequencer().followUp();
        done("r1", null);
        follows = false;
        created("vad", null);
        responses.sequencer().outputSettled("call_1");
        alreadyActive("e2");
        done("vad", null);
        assertThat(turn.answer()).isNotDone();
        assertThat(sent).containsExactly("create e1", "create e2", "create e3");
        created("r2", "e3");
        done("r2", null);
        assertThat(turn.answer()).isCompletedWithValueMatching(response -> "r2".equals(response.id()));
    }

    @Test
    void aTurnWhoseFollowUpIsDoneWithoutCreatedIsOver() {
        callsAFunction();
        done("r2", "e2");
        assertThat(turn.answer()).isCompletedWithValueMatching(response -> "r2".equals(response.id()));
    }

    @Test
    void aTurnWhoseFollowUpIsCancelledAndRefusedIsOver() {
        callsAFunction();
        responses.sequencer().cancel();
        alreadyActive("e2");
        assertThat(turn.answer())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ResponseFailedException.class);
    }

    @Test
    void aTurnWhoseFollowUpIsRefusedFails() {
        callsAFunction();
        responses.sequencer().error(new ErrorDetail(null, ErrorCode.INVALID_VALUE, "No.", null, "e2"));
        assertThat(turn.answer())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ServerErrorException.class);
    }

    @Test
    void theEndFailsHandlesViewsAndTurns() {
        callsAFunction();
        Turn other = new Turn(Runnable::run, new ReadGate());
        ResponseHandle queued = responses.create(null, other);
        responses.end(new ConnectionClosedException("over"));
        for (CompletableFuture<?> future : List.of(turn.answer(), other.answer(), queued.created(), queued.done())) {
            assertThat(future)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .withMessage("over");
        }
        assertThat(time.waiting()).isZero();
    }
}
