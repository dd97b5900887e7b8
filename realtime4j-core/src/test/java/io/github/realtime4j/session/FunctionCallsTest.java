package io.github.realtime4j.session;

import static io.github.realtime4j.session.WeatherCalls.WEATHER;
import static io.github.realtime4j.session.WeatherCalls.call;
import static io.github.realtime4j.session.WeatherCalls.completed;
import static io.github.realtime4j.session.WeatherCalls.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.session.WeatherCalls.City;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call is answered once, and every response with calls goes on once. */
final class FunctionCallsTest {
    private static final String PLACEHOLDER =
            "{\"status\":\"running\",\"message\":\"get_weather runs in the background. Its result will come later, as"
                    + " another call of get_weather with its output. Go on until then, and do not call it again for"
                    + " this.\"}";

    private final WeatherCalls weather = new WeatherCalls();
    private final QueuedTasks tasks = weather.tasks;
    private final ManualScheduler scheduler = weather.scheduler;
    private final RecordedHost host = weather.host;
    private final FunctionCalls calls = weather.calls;

    @Test
    void aCallIsAnsweredAndTheResponseGoesOn() {
        weather.onWeather((city, call) -> "rain in " + city.city() + " for " + call);
        calls.call("resp_1", call("call_1", "Porto"));
        assertThat(host.take()).isEmpty();
        tasks.runAll();
        assertThat(host.take())
                .containsExactly(
                        "output call_1 rain in Porto for ToolCall[get_weather, call_1]",
                        "finished get_weather call_1 PT0S ANSWERED");
        assertThat(calls.responseDone(completed(call("call_1", "Porto")))).isTrue();
        assertThat(host.take()).containsExactly("followUp resp_1");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void theFollowUpWaitsForTheAnswers() {
        weather.onWeather((city, call) -> city.city());
        calls.call("resp_1", call("call_1", "Porto"));
        assertThat(calls.responseDone(completed(call("call_1", "Porto"), call("call_2", "Faro"))))
                .isTrue();
        assertThat(host.take()).isEmpty();
        tasks.run(1);
        assertThat(host.take()).containsExactly("output call_2 Faro", "finished get_weather call_2 PT0S ANSWERED");
        tasks.run(0);
        assertThat(host.take())
                .containsExactly("output call_1 Porto", "finished get_weather call_1 PT0S ANSWERED", "followUp resp_1");
    }

    @Test
    void aCallToldTwiceIsRunOnce() {
        weather.onWeather((city, call) -> "rain");
        calls.call("resp_1", call("call_1", "Porto"));
        calls.call("resp_1", call("call_1", "Porto"));
        assertThat(tasks.size()).isOne();
        tasks.runAll();
        calls.call("resp_1", call("call_1", "Porto"));
        calls.responseDone(completed(call("call_1", "Porto"), call("call_1", "Porto")));
        assertThat(tasks.size()).isZero();
        assertThat(host.lines()).filteredOn(line -> line.startsWith("output")).hasSize(1);
    }

    @Test
    void aResponseDoneTwiceGoesOnOnce() {
        weather.onWeather((city, call) -> "rain");
        Response done = completed(call("call_1", "Porto"));
        calls.responseDone(done);
        calls.responseDone(done);
        tasks.runAll();
        assertThat(calls.responseDone(done)).isFalse();
        assertThat(host.lines()).filteredOn(line -> line.startsWith("followUp")).hasSize(1);
    }

    @Test
    void aResponseWithoutCallsDoesNotGoOn() {
        weather.onWeather((city, call) -> "rain");
        assertThat(calls.responseDone(completed(Item.assistantText("Hello")))).isFalse();
        assertThat(host.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "failed", "incomplete"})
    void anEndedResponseHasItsCompletedCallsAnsweredButDoesNotGoOn(String status) {
        weather.onWeather((city, call) -> "rain");
        calls.call("resp_1", call("call_1", "Porto"));
        boolean follows = calls.responseDone(response(
                "resp_1",
                new Response.Status(status),
                call("call_1", "Porto"),
                call("call_2", "Faro"),
                call("call_3", Item.Status.INCOMPLETE),
                call("call_4", (Item.Status) null)));
        assertThat(follows).isFalse();
        tasks.runAll();
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 rain",
                        "finished get_weather call_1 PT0S ANSWERED",
                        "output call_2 rain",
                        "finished get_weather call_2 PT0S ANSWERED");
    }

    @Test
    void aCallThatIsNotCompleteIsNotRun() {
        weather.onWeather((city, call) -> "rain");
        calls.call("resp_1", call("call_1", Item.Status.INCOMPLETE));
        calls.call("resp_1", call("call_2", Item.Status.IN_PROGRESS));
        assertThat(tasks.size()).isZero();
        calls.call("resp_1", call("call_3", (Item.Status) null));
        assertThat(tasks.size()).isOne();
    }

    @Test
    void withoutAnyHandlerTheApplicationAnswersCallsItself() {
        assertThat(calls.responseDone(completed(call("call_1", "Porto")))).isFalse();
        assertThat(host.lines()).isEmpty();
    }

    @Test
    void anUnknownFunctionIsAnAnswer() {
        weather.onWeather((city, call) -> "rain");
        calls.register(FunctionTool.raw("get_time", "", JsonObject.EMPTY), (none, call) -> "noon");
        Item.FunctionCall unknown = call("sing", "call_1", "{}");
        assertThat(calls.responseDone(completed(unknown))).isTrue();
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 {\"error\":\"There is no function of this name. There are: get_weather,"
                                + " get_time\"}",
                        "finished sing call_1 PT0S UNKNOWN",
                        "followUp resp_1");
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        CompletableFuture<String> later = new CompletableFuture<>();
        List<String> told = new ArrayList<>();
        calls.register(WEATHER, (city, call) -> {
            call.onCancel(() -> told.add(call.callId()));
            return later;
        });
        calls.register(FunctionTool.of("ask", "", City.class).needsApproval(), (city, call) -> {
            told.add("ran unapproved");
            return "";
        });
        Item.FunctionCall ask = call("ask", "call_2", "{\"city\":\"Porto\"}");
        calls.responseDone(completed(call("call_1", "Porto"), ask));
        tasks.runAll();
        assertThat(weather.asked).hasSize(1);
        calls.end();
        assertThat(weather.asked.get(0).isCancelled()).isTrue();
        weather.decision.complete(Decision.APPROVE);
        later.complete("rain");
        calls.call("resp_1", call("call_3", "Porto"));
        assertThat(calls.responseDone(completed(call("call_4", "Porto")))).isFalse();
        calls.end();
        tasks.runAll();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("call_1");
        assertThat(host.lines()).isEmpty();
    }

    @Test
    void aCallThatHasNotBegunByTheEndDoesNotBegin() {
        List<String> ran = new ArrayList<>();
        calls.register(WEATHER, (city, call) -> ran.add("ran"));
        calls.register(FunctionTool.of("ask", "", City.class).needsApproval(), (city, call) -> ran.add("ran"));
        calls.call("resp_1", call("call_1", "Porto"));
        calls.call("resp_1", call("ask", "call_2", "{\"city\":\"Porto\"}"));
        calls.end();
        tasks.runAll();
        assertThat(ran).isEmpty();
        assertThat(weather.asked).isEmpty();
    }

    @Test
    void aCallInTheBackgroundHoldsNobodyUp() {
        CompletableFuture<String> later = new CompletableFuture<>();
        calls.register(WEATHER.background(), (city, call) -> later);
        calls.call("resp_1", call("call_1", "Porto"));
        assertThat(host.take()).containsExactly("output call_1 " + PLACEHOLDER);
        calls.responseDone(completed(call("call_1", "Porto")));
        assertThat(host.take()).containsExactly("followUp resp_1");
        tasks.runAll();
        scheduler.advance(Duration.ofMinutes(5));
        later.complete("rain");
        assertThat(host.take())
                .containsExactly(
                        "call call_1_later get_weather {\"city\":\"Porto\"}",
                        "output call_1_later rain",
                        "finished get_weather call_1 PT5M ANSWERED",
                        "followUpWhenIdle");
    }

    @Test
    void aResultFromTheBackgroundMayComeBeforeTheResponseIsDone() {
        calls.register(WEATHER.background(), (city, call) -> "rain");
        calls.call("resp_1", call("call_1", "Porto"));
        tasks.runAll();
        calls.responseDone(completed(call("call_1", "Porto")));
        assertThat(host.lines())
                .containsExactly(
                        "output call_1 " + PLACEHOLDER,
                        "call call_1_later get_weather {\"city\":\"Porto\"}",
                        "output call_1_later rain",
                        "finished get_weather call_1 PT0S ANSWERED",
                        "followUpWhenIdle",
                        "followUp resp_1");
    }

    @Test
    void theBackgroundTellsItsFailuresToo() {
        calls.register(WEATHER.background().needsApproval(), (city, call) -> new CompletableFuture<String>());
        calls.call("resp_1", call("call_1", "Porto"));
        calls.call("resp_1", call("call_2", Item.Status.COMPLETED));
        weather.decision.complete(Decision.APPROVE);
        tasks.runAll();
        host.take();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(host.take())
                .startsWith(
                        "call call_1_later get_weather {\"city\":\"Porto\"}",
                        "output call_1_later {\"error\":\"get_weather did not answer within 600 s\"}",
                        "finished get_weather call_1 PT10M TIMED_OUT",
                        "followUpWhenIdle")
                .hasSize(8);
    }

    @Test
    void aLaterCallIdIsNoLongerThanTheServiceAllows() {
        calls.register(WEATHER.background(), (city, call) -> "rain");
        calls.call("resp_1", call("call_0123456789012345678901234567", "Porto"));
        tasks.runAll();
        assertThat(host.lines()).contains("output call_012345678901234567890_later rain");
        assertThat("call_012345678901234567890_later").hasSize(32);
    }

    @Test
    void anItemThatIsRefusedIsAProblem() {
        weather.onWeather((city, call) -> "rain");
        calls.responseDone(completed(call("call_1", "Porto")));
        tasks.runAll();
        host.take();
        host.refuse(0, new IllegalStateException("Tool call ID 'call_1' not found in conversation."));
        assertThat(host.lines())
                .containsExactly(
                        "problem java.lang.IllegalStateException: Tool call ID 'call_1' not found in conversation.");
    }

    @Test
    void oneHandlerPerFunction() {
        weather.onWeather((city, call) -> "rain");
        assertThatThrownBy(() -> weather.onWeather((city, call) -> "sun"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected one handler per function but get_weather has one already");
    }

    @Test
    void callIdsAreForgottenInTime() {
        weather.onWeather((city, call) -> "rain");
        for (int i = 0; i <= 1_024; i++) {
            calls.call("resp_" + i, call("call_" + i, "Porto"));
        }
        // The oldest is forgotten, but it still runs.
        calls.call("resp_0", call("call_0", "Porto"));
        assertThat(tasks.size()).isEqualTo(1_025);
        tasks.runAll();
        calls.call("resp_1024", call("call_1024", "Porto"));
        assertThat(tasks.size()).isZero();
        calls.call("resp_0", call("call_0", "Porto"));
        assertThat(tasks.size()).isOne();
    }
}
