package io.github.realtime4j.session;

import static io.github.realtime4j.session.WeatherCalls.call;
import static io.github.realtime4j.session.WeatherCalls.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval.Decision;
import io.github.realtime4j.tool.ToolHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of {@link FunctionCalls} in many orders, each made from a seed. */
final class FunctionCallsScheduleTest {
    private static final String[] TOOLS = {"now", "later", "never", "fail", "ask", "background", "unknown"};
    private static final String[] STATUSES = {"completed", "completed", "completed", "cancelled", "failed"};

    record None() {}

    /** One run: some responses, and everything that may happen next. */
    private static final class Run {
        private final Random random;
        private final QueuedTasks tasks = new QueuedTasks();
        private final ManualScheduler scheduler = new ManualScheduler();
        private final RecordedHost host = new RecordedHost();
        private final List<CompletableFuture<Object>> answers = new ArrayList<>();
        private final List<CompletableFuture<Decision>> decisions = new ArrayList<>();
        private final FunctionCalls calls;
        private final List<Queue<Runnable>> responses = new ArrayList<>();
        /** Call id to tool. */
        private final Map<String, String> called = new HashMap<>();

        /** Responses that were told to go on; each has its calls. */
        private final Map<String, List<String>> goingOn = new HashMap<>();

        Run(int seed) {
            random = new Random(seed);
            calls = new FunctionCalls(
                    tasks,
                    scheduler,
                    scheduler::nanoTime,
                    call -> remember(decisions, new CompletableFuture<>()),
                    host);
            register("now", (none, call) -> "done");
            register("later", (none, call) -> remember(answers, new CompletableFuture<>()));
            register("never", (none, call) -> new CompletableFuture<>());
            register("fail", (none, call) -> {
                throw new IllegalStateException("broken");
            });
            calls.register(tool("ask").needsApproval(), (none, call) -> "done");
            calls.register(tool("background").background(), (none, call) -> {
                return random.nextBoolean() ? "done" : remember(answers, new CompletableFuture<>());
            });
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                responses.add(steps("resp_" + i));
            }
        }

        private static FunctionTool<None> tool(String name) {
            return FunctionTool.of(name, "", None.class);
        }

        private void register(String name, ToolHandler<None> handler) {
            calls.register(tool(name), handler);
        }

        private static <T> T remember(List<T> all, T one) {
            all.add(one);
            return one;
        }

        /** What the server tells of one response, in its order, some of it twice. */
        private Queue<Runnable> steps(String responseId) {
            Queue<Runnable> steps = new ArrayDeque<>();
            List<Item> items = new ArrayList<>();
            List<String> callIds = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String tool = TOOLS[random.nextInt(TOOLS.length)];
                String callId = "call_" + called.size();
                called.put(callId, tool);
                callIds.add(callId);
                Item.FunctionCall item = call(tool, callId, "{}");
                items.add(item);
                for (int told = random.nextInt(3); told > 0; told--) {
                    steps.add(() -> calls.call(responseId, item));
                }
            }
            String status = STATUSES[random.nextInt(STATUSES.length)];
            Response done = response(responseId, new Response.Status(status), items.toArray(Item[]::new));
            boolean goesOn = status.equals("completed") && !items.isEmpty();
            if (goesOn) {
                goingOn.put(responseId, callIds);
            }
            steps.add(() -> {
                host.problem(new Throwable("done " + responseId));
                assertThat(calls.responseDone(done)).isEqualTo(goesOn);
            });
            if (random.nextBoolean()) {
                steps.add(() -> calls.responseDone(done));
            }
            return steps;
        }

        /** Does one of the things that may happen next; false if nothing may. */
        boolean step() {
            List<Runnable> possible = new ArrayList<>();
            for (Queue<Runnable> steps : responses) {
                if (!steps.isEmpty()) {
                    possible.add(() -> steps.remove().run());
                }
            }
            if (tasks.size() > 0) {
                possible.add(() -> tasks.run(random.nextInt(tasks.size())));
            }
            if (!answers.isEmpty()) {
                possible.add(() -> settle(answers.remove(random.nextInt(answers.size()))));
            }
            if (!decisions.isEmpty()) {
                possible.add(() -> decisions
                        .remove(random.nextInt(decisions.size()))
                        .complete(random.nextBoolean() ? Decision.APPROVE : Decision.deny("no")));
            }
            if (scheduler.waiting() > 0) {
                possible.add(() -> scheduler.advance(Duration.ofSeconds(1 + random.nextInt(20))));
            }
            if (possible.isEmpty()) {
                return false;
            }
            possible.get(random.nextInt(possible.size())).run();
            return true;
        }

        private void settle(CompletableFuture<Object> answer) {
            if (random.nextInt(4) == 0) {
                answer.completeExceptionally(new IllegalStateException("broken"));
            } else {
                answer.complete("done");
            }
        }

        private static long count(List<String> lines, String prefix) {
            return lines.stream().filter(line -> line.startsWith(prefix)).count();
        }

        private static int first(List<String> lines, String prefix) {
            return IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + prefix));
        }

        void assertPromisesKept() {
            List<String> lines = host.lines();
            called.forEach((callId, tool) -> {
                assertThat(count(lines, "output " + callId + " ")).as(callId).isOne();
                boolean background = tool.equals("background");
                assertThat(count(lines, "output " + callId + "_later "))
                        .as(callId)
                        .isEqualTo(background ? 1 : 0);
                assertThat(lines.stream().filter(line -> line.matches("finished \\w+ " + callId + " .*")))
                        .hasSize(1);
                if (background) {
                    assertThat(first(lines, "output " + callId + "_later "))
                            .isEqualTo(first(lines, "call " + callId + "_later ") + 1)
                            .isGreaterThan(first(lines, "output " + callId + " "));
                }
            });
            long background =
                    called.values().stream().filter("background"::equals).count();
            assertThat(count(lines, "followUpWhenIdle")).isEqualTo(background);
            assertThat(count(lines, "followUp resp_")).isEqualTo(goingOn.size());
            goingOn.forEach((responseId, callIds) -> {
                int followUp = first(lines, "followUp " + responseId);
                assertThat(count(lines, "followUp " + responseId)).isOne();
                assertThat(first(lines, "problem java.lang.Throwable: done " + responseId))
                        .isLessThan(followUp);
                for (String callId : callIds) {
                    assertThat(first(lines, "output " + callId + " ")).isLessThan(followUp);
                }
            });
            assertThat(scheduler.waiting()).isZero();
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCallIsAnsweredOnceAndEveryResponseGoesOnOnce(int block) {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++) {
            Run run = new Run(seed);
            int steps = 0;
            while (run.step()) {
                assertThat(++steps).as("steps of seed " + seed).isLessThan(10_000);
            }
            run.assertPromisesKept();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsSentAfterAnEndAtAnyPoint(int block) {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++) {
            Run run = new Run(seed);
            for (int steps = run.random.nextInt(30); steps > 0; steps--) {
                run.step();
            }
            run.calls.end();
            run.responses.clear();
            run.host.take();
            while (run.step()) {
                assertThat(run.host.lines()).as("seed " + seed).isEmpty();
            }
            assertThat(run.scheduler.waiting()).isZero();
        }
    }
}
