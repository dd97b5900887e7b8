package io.github.realtime4j.session;

import static io.github.realtime4j.session.WeatherCalls.WEATHER;
import static io.github.realtime4j.session.WeatherCalls.call;
import static io.github.realtime4j.session.WeatherCalls.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.session.WeatherCalls.City;
import io.github.realtime4j.tool.ToolApproval;
import io.github.realtime4j.tool.ToolApproval.Decision;
import io.github.realtime4j.tool.ToolCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One call: its approval, its handler, its time. */
final class RunningCallTest {
    private final WeatherCalls weather = new WeatherCalls();
    private final QueuedTasks tasks = weather.tasks;
    private final ManualScheduler scheduler = weather.scheduler;
    private final RecordedHost host = weather.host;
    private final FunctionCalls calls = weather.calls;

    @Test
    void argumentsThatDoNotFitAreAnAnswer() {
        weather.onWeather((city, call) -> "rain");
        calls.call("resp_1", call("get_weather", "call_1", "{\"town\":1}"));
        tasks.runAll();
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"The arguments of get_weather do not fit: missing property at $.city;"
                                + " unknown property at $.town, known are city\"}",
                        "finished get_weather call_1 PT0S FAILED");
    }

    @Test
    void aHandlerThatThrowsIsAnAnswerAndAProblem() {
        weather.onWeather((city, call) -> {
            if (city.city().equals("Porto")) {
                throw new IOException("no network");
            }
            throw new StackOverflowError();
        });
        calls.responseDone(completed(call("call_1", "Porto"), call("call_2", "Faro")));
        tasks.runAll();
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"no network\"}",
                        "finished get_weather call_1 PT0S FAILED",
                        "problem java.io.IOException: no network",
                        "output call_2 {\"error\":\"get_weather failed\"}",
                        "finished get_weather call_2 PT0S FAILED",
                        "followUp resp_1",
                        "problem java.lang.StackOverflowError");
    }

    @Test
    void aResultThatCannotBeSentIsAFailure() {
        weather.onWeather((city, call) -> Double.NaN);
        calls.call("resp_1", call("call_1", "Porto"));
        tasks.runAll();
        assertThat(host.lines())
                .first()
                .isEqualTo("output call_1 {\"error\":\"Expected a finite number but was NaN\"}");
    }

    @Test
    void aStageIsAwaited() {
        CompletableFuture<String> later = new CompletableFuture<>();
        weather.onWeather((city, call) -> later);
        calls.responseDone(completed(call("call_1", "Porto")));
        tasks.runAll();
        assertThat(host.lines()).isEmpty();
        scheduler.advance(Duration.ofSeconds(29));
        later.complete("rain");
        assertThat(host.lines())
                .containsExactly("output call_1 rain", "finished get_weather call_1 PT29S ANSWERED", "followUp resp_1");
    }

    @Test
    void aStageThatFailsIsAnAnswer() {
        CompletableFuture<String> later = new CompletableFuture<>();
        weather.onWeather((city, call) -> later.thenApply(answer -> answer));
        calls.call("resp_1", call("call_1", "Porto"));
        tasks.runAll();
        later.completeExceptionally(
                new CompletionException(new ExecutionException(new IllegalStateException("no network"))));
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"no network\"}",
                        "finished get_weather call_1 PT0S FAILED",
                        "problem java.lang.IllegalStateException: no network");
    }

    @Test
    void aCallThatTakesTooLongIsCancelledAndItsResultDropped() {
        CompletableFuture<String> later = new CompletableFuture<>();
        List<String> told = new ArrayList<>();
        List<ToolCall> seen = new ArrayList<>();
        calls.register(WEATHER.timeout(Duration.ofMillis(1_500)), (city, call) -> {
            seen.add(call);
            call.onCancel(() -> told.add("cancelled"));
            return later;
        });
        calls.responseDone(completed(call("call_1", "Porto")));
        tasks.runAll();
        scheduler.advance(Duration.ofMillis(1_499));
        assertThat(host.lines()).isEmpty();
        assertThat(seen.get(0).isCancelled()).isFalse();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(seen.get(0).isCancelled()).isTrue();
        assertThat(told).isEmpty();
        tasks.runAll();
        assertThat(told).containsExactly("cancelled");
        later.complete("rain");
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"get_weather did not answer within 1.5 s\"}",
                        "finished get_weather call_1 PT1.5S TIMED_OUT",
                        "followUp resp_1");
    }

    @Test
    void aCallThatWaitsTooLongForAThreadIsNotRun() {
        List<City> run = new ArrayList<>();
        weather.onWeather((city, call) -> run.add(city));
        calls.call("resp_1", call("call_1", "Porto"));
        scheduler.advance(Duration.ofSeconds(30));
        tasks.runAll();
        assertThat(run).isEmpty();
        assertThat(host.lines()).first().asString().startsWith("output call_1 {\"error\"");
    }

    @Test
    void aHandlerThatBlocksIsInterrupted() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            FunctionCalls threaded =
                    new FunctionCalls(thread, scheduler, scheduler::nanoTime, call -> weather.decision, host);
            threaded.register(WEATHER, (city, call) -> {
                blocked.countDown();
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
            });
            threaded.call("resp_1", call("call_1", "Porto"));
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            scheduler.advance(Duration.ofSeconds(30));
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"get_weather did not answer within 30 s\"}",
                        "finished get_weather call_1 PT30S TIMED_OUT");
    }

    @Test
    void anExecutorThatRefusesIsAnAnswer() {
        FunctionCalls refused = new FunctionCalls(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                scheduler,
                scheduler::nanoTime,
                call -> weather.decision,
                host);
        refused.register(WEATHER, (city, call) -> "rain");
        refused.call("resp_1", call("call_1", "Porto"));
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"full\"}",
                        "finished get_weather call_1 PT0S FAILED",
                        "problem java.util.concurrent.RejectedExecutionException: full");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void anApprovedCallRuns() {
        calls.register(WEATHER.needsApproval(), (city, call) -> "rain");
        calls.responseDone(completed(call("call_1", "Porto")));
        tasks.runAll();
        assertThat(weather.asked).hasSize(1);
        assertThat(weather.asked.get(0).arguments()).isEqualTo("{\"city\":\"Porto\"}");
        assertThat(weather.asked.get(0).itemId()).isEqualTo("item_call_1");
        assertThat(weather.asked.get(0).responseId()).isEqualTo("resp_1");
        scheduler.advance(Duration.ofHours(1));
        assertThat(host.lines()).isEmpty();
        weather.decision.complete(Decision.APPROVE);
        tasks.runAll();
        assertThat(host.lines())
                .containsExactly("output call_1 rain", "finished get_weather call_1 PT0S ANSWERED", "followUp resp_1");
    }

    @Test
    void aDeniedCallIsAnswered() {
        calls.register(WEATHER.needsApproval(), (city, call) -> "rain");
        calls.responseDone(completed(call("call_1", "Porto")));
        tasks.runAll();
        scheduler.advance(Duration.ofSeconds(40));
        weather.decision.complete(Decision.deny("it is too late"));
        tasks.runAll();
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"get_weather was not allowed to run: it is too late\"}",
                        "finished get_weather call_1 PT40S DENIED",
                        "followUp resp_1");
    }

    @Test
    void anApprovalThatFailsIsADenial() {
        calls.register(WEATHER.needsApproval(), (city, call) -> "rain");
        calls.call("resp_1", call("call_1", "Porto"));
        tasks.runAll();
        weather.decision.completeExceptionally(new IllegalStateException("nobody there"));
        String denied = "{\"error\":\"get_weather was not allowed to run: the approval failed\"}";
        assertThat(host.take())
                .containsExactly(
                        "output call_1 " + denied,
                        "finished get_weather call_1 PT0S DENIED",
                        "problem java.lang.IllegalStateException: nobody there");
        ToolApproval thrower = call -> {
            throw new IllegalStateException("nobody there");
        };
        FunctionCalls unapproved = new FunctionCalls(tasks, scheduler, scheduler::nanoTime, thrower, host);
        unapproved.register(WEATHER.needsApproval(), (city, call) -> "rain");
        unapproved.call("resp_1", call("call_2", "Porto"));
        tasks.runAll();
        assertThat(host.take()).first().isEqualTo("output call_2 " + denied);
    }

    @Test
    void nobodyIsAskedForArgumentsThatDoNotFit() {
        calls.register(WEATHER.needsApproval(), (city, call) -> "rain");
        calls.call("resp_1", call("get_weather", "call_1", "7"));
        tasks.runAll();
        assertThat(weather.asked).isEmpty();
        assertThat(host.lines()).last().isEqualTo("finished get_weather call_1 PT0S FAILED");
    }
}
