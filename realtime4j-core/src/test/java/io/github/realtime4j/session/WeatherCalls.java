package io.github.realtime4j.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval.Decision;
import io.github.realtime4j.tool.ToolCall;
import io.github.realtime4j.tool.ToolHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Function calls with one tool, a queue for its handlers, and time that stands still. */
final class WeatherCalls {
    record City(String city) {}

    static final FunctionTool<City> WEATHER = FunctionTool.of("get_weather", "", City.class);

    final QueuedTasks tasks = new QueuedTasks();
    final ManualScheduler scheduler = new ManualScheduler();
    final RecordedHost host = new RecordedHost();
    final List<ToolCall> asked = new ArrayList<>();
    final CompletableFuture<@Nullable Decision> decision = new CompletableFuture<>();
    final FunctionCalls calls = new FunctionCalls(tasks, scheduler, scheduler::nanoTime, this::approve, host);

    private CompletableFuture<@Nullable Decision> approve(ToolCall call) {
        asked.add(call);
        return decision;
    }

    void onWeather(ToolHandler<City> handler) {
        calls.register(WEATHER, handler);
    }

    static Item.FunctionCall call(String callId, String city) {
        return call("get_weather", callId, "{\"city\":\"" + city + "\"}");
    }

    static Item.FunctionCall call(String name, String callId, String arguments) {
        return new Item.FunctionCall(
                "item_" + callId, Item.Status.COMPLETED, name, callId, arguments, JsonObject.EMPTY);
    }

    static Item.FunctionCall call(String callId, Item.@Nullable Status status) {
        return new Item.FunctionCall(null, status, "get_weather", callId, "{\"city\":\"Porto\"}", JsonObject.EMPTY);
    }

    static Response response(String id, Response.@Nullable Status status, Item... output) {
        return new Response(
                null, id, status, null, List.of(output), "conv_1", null, null, null, null, null, JsonObject.EMPTY);
    }

    static Response completed(Item... output) {
        return response("resp_1", Response.Status.COMPLETED, output);
    }
}
