package io.github.realtime4j.session;

import static io.github.realtime4j.session.WeatherCalls.WEATHER;
import static io.github.realtime4j.session.WeatherCalls.call;
import static io.github.realtime4j.session.WeatherCalls.completed;
import static io.github.realtime4j.session.WeatherCalls.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Function calls on real threads. */
final class FunctionCallsThreadsTest {
    private static final int RESPONSES = 200;

    private final ExecutorService handlers = Executors.newFixedThreadPool(3);
    private final ExecutorService others = Executors.newFixedThreadPool(2);
    private final ManualScheduler scheduler = new ManualScheduler();
    private final RecordedHost recorder = new RecordedHost();
    private final CountDownLatch followUps = new CountDownLatch(RESPONSES);

    @AfterEach
    void tearDown() {
        handlers.shutdownNow();
        others.shutdownNow();
    }

    /** Passes on to the recorder, and first calls back from another thread. */
    private class CallingBack implements FunctionCalls.Host {
        private final CompletableFuture<FunctionCalls> calls = new CompletableFuture<>();

        @Override
        public CompletionStage<?> add(Item item) {
            callBack();
            return recorder.add(item);
        }

        @Override
        public void followUp(String responseId) {
            callBack();
            recorder.followUp(responseId);
            followUps.countDown();
        }

        @Override
        public void followUpWhenIdle() {
            callBack();
            recorder.followUpWhenIdle();
        }

        @Override
        public void finished(FunctionCalls.Report report) {
            callBack();
        }

        @Override
        public void problem(Throwable problem) {
            recorder.problem(problem);
        }

        /** Would wait in vain if the lock were held. */
        private void callBack() {
            try {
                others.submit(() -> calls.join().responseDone(completed())).get(10, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                problem(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void callsToldAndAnsweredByManyThreadsAreAnsweredOnce() throws Exception {
        CallingBack host = new CallingBack();
        FunctionCalls calls = new FunctionCalls(handlers, scheduler, scheduler::nanoTime, call -> null, host);
        host.calls.complete(calls);
        calls.register(WEATHER, (city, call) -> city.city());
        IntFunction<Item.FunctionCall> call = i -> call("call_" + i, "Porto");
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < RESPONSES; i++) {
                Item.FunctionCall one = call.apply(2 * i);
                Item.FunctionCall two = call.apply(2 * i + 1);
                Response done = response("resp_" + i, Response.Status.COMPLETED, one, two);
                calls.call(done.id(), one);
                var telling = reader.submit(() -> calls.call(done.id(), two));
                calls.responseDone(done);
                telling.get(10, TimeUnit.SECONDS);
            }
            assertThat(followUps.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.shutdownNow();
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < RESPONSES; i++) {
            expected.add("output call_" + 2 * i + " Porto");
            expected.add("output call_" + (2 * i + 1) + " Porto");
            expected.add("followUp resp_" + i);
        }
        assertThat(recorder.lines()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void othersAreCalledWithoutTheLock() {
        CallingBack host = new CallingBack();
        FunctionCalls calls = new FunctionCalls(Runnable::run, scheduler, scheduler::nanoTime, call -> null, host);
        host.calls.complete(calls);
        calls.register(WEATHER.background(), (city, call) -> city.city());
        calls.call("resp_1", call("call_1", "Porto"));
        calls.responseDone(completed(call("sing", "call_2", "{}"), call("call_3", "Faro")));
        calls.responseDone(response("resp_2", Response.Status.COMPLETED, call("call_4", "Lagos")));
        calls.call("resp_3", call("call_5", "Braga"));
        calls.responseDone(response("resp_3", Response.Status.COMPLETED));
        assertThat(recorder.lines())
                .contains("followUp resp_1", "followUp resp_2", "followUp resp_3", "followUpWhenIdle")
                .noneMatch(line -> line.startsWith("problem"));
    }
}
