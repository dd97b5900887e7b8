package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of {@link ResponseSequencer} against a model of the server, in many orders, each made from a seed. */
final class SequencerScheduleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A request and its one end. */
    private static final class Asked implements ResponseRequest {
        private final String eventId;
        private final boolean outOfBand;
        private @Nullable String response;
        private @Nullable String end;
        private boolean cancelled;

        Asked(String eventId, boolean outOfBand) {
            this.eventId = eventId;
            this.outOfBand = outOfBand;
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
            return true;
        }

        @Override
        public void created(Response created) {
            assertThat(response).as(eventId).isNull();
            assertThat(end).as(eventId).isNull();
            response = created.id();
        }

        @Override
        public void uncreated() {
            assertThat(response).as(eventId).isNotNull();
            response = null;
        }

        @Override
        public void done(Response done) {
            assertThat(response).as(eventId).isEqualTo(done.id());
            end("done");
        }

        @Override
        public void dropped() {
            end("dropped");
        }

        @Override
        public void refused(ErrorDetail error) {
            end("refused " + error.code());
        }

        @Override
        public void late() {
            end("late");
        }

        @Override
        public void failed(RuntimeException why) {
            end("failed");
        }

        private void end(String how) {
            assertThat(end).as(eventId).isNull();
            end = how;
        }
    }

    /** A response as the server has it. */
    private record Running(String id, @Nullable String eventId, Set<String> seen) {}

    /** One active response; refuses another; answers turns, interrupts; the network delays both ways. */
    private static final class Run implements ResponseSequencer.Wire {
        private final Random random;
        private final boolean echoes;
        private final boolean loses;
        private final ManualScheduler time = new ManualScheduler();
        private final ResponseSequencer sequencer =
                new ResponseSequencer(this, this::after, PATIENCE, () -> ask("auto", false));
        private final List<Asked> asked = new ArrayList<>();
        private final Queue<Runnable> up = new ArrayDeque<>();
        private final Queue<Runnable> down = new ArrayDeque<>();

        /** Creates that the server has put aside, to be answered late or never. */
        private final List<ResponseRequest> stalled = new ArrayList<>();

        // The server's.
        private @Nullable Running active;
        private final List<Running> beside = new ArrayList<>();
        private final Set<String> outputs = new HashSet<>();
        private final Map<String, Set<String>> seen = new HashMap<>();
        private int responses;

        // What the application knows.
        private final Set<String> unseen = new HashSet<>();
        private int calls;

        /** What happened, for whoever has to find out why. */
        private final List<String> story = new ArrayList<>();

        Run(int seed) {
            random = new Random(seed);
            echoes = seed % 2 == 0;
            loses = seed % 4 == 0;
            // A promise that is not always kept.
            sequencer.serverInterrupts(seed % 3 == 0);
            if (loses) {
                // Where time flies, only names can tell: the server is known to echo.
                Response known = Sequenced.response("r0", "e0", "conv_1");
                sequencer.created(known);
                sequencer.done(known);
            }
        }

        private Deadlines.Deadline after(Duration delay, Runnable task) {
            ScheduledFuture<?> timer = time.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        }

        private Asked ask(String kind, boolean outOfBand) {
            Asked request = new Asked(kind + "_" + asked.size(), outOfBand);
            asked.add(request);
            return request;
        }

        // From the client to the server.

        @Override
        public void create(ResponseRequest request) {
            if (!request.isOutOfBand()) {
                assertThat(sequencer.active())
                        .as("active when a create is sent")
                        .isNull();
            }
            if (request.eventId().startsWith("auto")) {
                assertThat(unseen).as("what the follow-up is for").isNotEmpty();
            }
            send("create " + request.eventId(), () -> {
                if (loses && random.nextInt(8) == 0) {
                    stalled.add(request);
                } else {
                    serve(request);
                }
            });
        }

        private void serve(ResponseRequest request) {
            if (request.isOutOfBand()) {
                Running begun = new Running("r" + ++responses, request.eventId(), Set.of());
                beside.add(begun);
                tellCreated(begun, null);
            } else if (active != null) {
                String named = echoes && !loses && random.nextInt(4) == 0 ? null : request.eventId();
                ErrorDetail error = Sequenced.error(ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE, named);
                tell(
                        "refused " + request.eventId() + " as " + named,
                        () -> assertThat(sequencer.error(error))
                                .as("the refusal of " + request.eventId() + " is nobody else's")
                                .isTrue());
            } else {
                begin(request.eventId());
            }
        }

        private void begin(@Nullable String eventId) {
            assertThat(active).isNull();
            active = new Running("r" + ++responses, eventId, Set.copyOf(outputs));
            seen.put(active.id, active.seen);
            if (eventId == null || !echoes || random.nextInt(8) != 0) {
                tellCreated(active, "conv_1");
            } else {
                // Seen after fast interruptions: a done without a created.
                end();
            }
        }

        private void tellCreated(Running begun, @Nullable String conversation) {
            Response response = Sequenced.response(begun.id, echoes ? begun.eventId : null, conversation);
            tell("created " + begun, () -> sequencer.created(response));
        }

        private void end() {
            Running over = active;
            active = null;
            assertThat(over).isNotNull();
            tellDone(over, "conv_1");
        }

        private void tellDone(Running over, @Nullable String conversation) {
            Response response = Sequenced.response(over.id, echoes ? over.eventId : null, conversation);
            tell("done " + over, () -> {
                sequencer.done(response);
                if (random.nextInt(4) == 0) {
                    sequencer.done(response);
                }
            });
        }

        @Override
        public void cancel(String responseId) {
            send("cancel " + responseId, () -> {
                if (active != null && active.id.equals(responseId)) {
                    end();
                }
                beside.removeIf(running -> {
                    if (running.id.equals(responseId)) {
                        tellDone(running, null);
                        return true;
                    }
                    return false;
                });
            });
        }

        @Override
        public void followedUp(String responseId) {
            assertThat(unseen).as("what was wanted").isNotEmpty();
            if (echoes) {
                assertThat(seen.get(responseId)).as("seen by " + responseId).containsAll(unseen);
            }
            unseen.clear();
        }

        @Override
        public void notFollowedUp(String responseId) {
            unseen.add("given back");
        }

        // What may happen.

        private void answerTool() {
            String callId = "call_" + ++calls;
            unseen.add(callId);
            sequencer.outputSent(callId);
            send("output " + callId, () -> {
                outputs.add(callId);
                tell("added " + callId, () -> sequencer.outputSettled(callId));
            });
            sequencer.followUp();
        }

        /** The user speaks; what runs is interrupted, or the turn is left to itself. */
        private void turn() {
            tell("speech_started", sequencer::speechStarted);
            boolean interrupts = random.nextInt(5) > 0;
            if (active != null && interrupts) {
                end();
            }
            tell("committed", sequencer::committed);
            if (active == null && random.nextInt(10) > 0) {
                begin(null);
            }
        }

        private void falseStarts() {
            for (int i = random.nextInt(3); i >= 0; i--) {
                tell("speech_started", sequencer::speechStarted);
                if (active != null) {
                    end();
                }
                tell("committed", sequencer::committed);
                begin(null);
            }
        }

        private void cancelSomething() {
            if (asked.isEmpty()) {
                return;
            }
            Asked request = asked.get(random.nextInt(asked.size()));
            if (!request.eventId.startsWith("auto")) {
                request.cancelled = true;
                sequencer.cancel(request);
            }
        }

        private void stopWhatRuns() {
            asked.forEach(request -> request.cancelled = true);
            if (random.nextBoolean()) {
                story.add("client cancels");
                sequencer.cancel();
            } else {
                story.add("client interrupts");
                sequencer.interrupt();
            }
        }

        private void send(String what, Runnable arrival) {
            story.add("client sends " + what);
            up.add(() -> {
                story.add("        server gets " + what);
                arrival.run();
            });
        }

        private void tell(String what, Runnable arrival) {
            story.add("        server says " + what);
            down.add(() -> {
                story.add("client hears " + what);
                arrival.run();
            });
        }

        private boolean deliver(Queue<Runnable> queue) {
            Runnable next = queue.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }

        private void pass(long millis) {
            story.add(millis + " ms pass");
            time.advance(Duration.ofMillis(millis));
        }

        void step() {
            switch (random.nextInt(28)) {
                case 0 -> sequencer.create(ask("e", false));
                case 1 -> {
                    // Without an echo nothing tells it from the one in flight.
                    if (echoes) {
                        sequencer.create(ask("oob", true));
                    }
                }
                case 2 -> answerTool();
                case 3 -> turn();
                case 4 -> {
                    if (random.nextInt(4) == 0) {
                        falseStarts();
                    }
                }
                case 5 -> cancelSomething();
                case 6, 7 -> {
                    if (active != null) {
                        end();
                    }
                }
                case 8 -> endBeside();
                case 9, 10 -> pass(1 + random.nextInt(20));
                case 11 -> beLate();
                case 12 -> {
                    if (!echoes && random.nextInt(4) == 0) {
                        stopWhatRuns();
                    }
                }
                case 13, 14, 15, 16, 17, 18 -> deliver(up);
                default -> deliver(down);
            }
        }

        private void endBeside() {
            if (!beside.isEmpty()) {
                tellDone(beside.remove(random.nextInt(beside.size())), null);
            }
        }

        private void beLate() {
            if (loses && random.nextInt(4) == 0) {
                pass(1_000 + random.nextInt(10_000));
            } else if (!stalled.isEmpty() && random.nextBoolean()) {
                serve(stalled.remove(random.nextInt(stalled.size())));
            }
        }

        /** The user falls silent and the server answers everything. */
        void settle() {
            for (int round = 0; round < 2_000; round++) {
                boolean moved = deliver(up) | deliver(down);
                if (!moved && active != null) {
                    end();
                } else if (!moved && !beside.isEmpty()) {
                    endBeside();
                } else if (!moved && time.waiting() > 0) {
                    pass(500);
                } else if (!moved) {
                    return;
                }
            }
            throw new AssertionError("it never comes to rest");
        }

        void assertPromisesKept() {
            for (Asked request : asked) {
                assertThat(request.end).as(request.eventId).isNotNull();
                assertThat(request.end).as(request.eventId).doesNotStartWith("refused");
                if (request.end.equals("dropped") && !request.eventId.startsWith("auto") && echoes) {
                    assertThat(request.cancelled)
                            .as(request.eventId + " dropped")
                            .isTrue();
                }
                if (!loses && echoes) {
                    assertThat(request.end).as(request.eventId).isIn("done", "dropped");
                }
            }
            assertThat(sequencer.active()).isNull();
            assertThat(sequencer.isIdle()).isTrue();
            if (!loses && echoes) {
                assertThat(unseen).as("outputs that no response has seen").isEmpty();
            }
            assertThat(time.waiting()).isZero();
        }
    }

    static IntStream blocks() {
        return IntStream.range(0, 20);
    }

    private static void play(int seed, Consumer<Run> play) {
        Run run = new Run(seed);
        try {
            play.accept(run);
        } catch (AssertionError broken) {
            throw new AssertionError("seed " + seed + "\n" + String.join("\n", run.story), broken);
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyRequestEndsOnceAndNoRefusalReachesOne(int block) {
        for (int seed = block * 250; seed < (block + 1) * 250; seed++) {
            play(seed, run -> {
                for (int steps = 200; steps > 0; steps--) {
                    run.step();
                }
                run.settle();
                run.assertPromisesKept();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void anEndAtAnyPointEndsEveryRequestOnceAndNothingIsSentAfterwards(int block) {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++) {
            play(seed, run -> {
                for (int steps = run.random.nextInt(200); steps > 0; steps--) {
                    run.step();
                }
                run.sequencer.end(new IllegalStateException("over"));
                run.up.clear();
                run.asked.forEach(
                        request -> assertThat(request.end).as(request.eventId).isNotNull());
                assertThat(run.time.waiting()).isZero();
                run.sequencer.followUp();
                run.time.advance(Duration.ofHours(1));
                assertThat(run.up).isEmpty();
            });
        }
    }
}
