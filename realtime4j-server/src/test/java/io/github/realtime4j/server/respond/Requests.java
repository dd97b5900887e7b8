package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.RuleBasedResponder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A conversation to be answered, on Sunday, 22 November 2026, 15:05. */
final class Requests {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T15:05:00Z"), ZoneOffset.UTC);

    private final List<Item> items = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private String instructions = "";
    private ToolChoice choice = ToolChoice.AUTO;
    private boolean parallel;
    private String model = "gpt-realtime";
    private ResponseConfig config = ResponseConfig.builder().build();

    static Requests user(String words) {
        return new Requests().then(Item.userText(words));
    }

    Requests then(Item item) {
        items.add(item);
        return this;
    }

    Requests assistant(String words) {
        return then(Item.assistantText(words));
    }

    Requests says(String words) {
        return then(Item.userText(words));
    }

    Requests instructions(String text) {
        instructions = text;
        return this;
    }

    Requests ownInstructions(String text) {
        config = ResponseConfig.builder().instructions(text).build();
        return instructions(text);
    }

    Requests tool(String name, String description, String schema) {
        tools.add(new Tool.Function(name, description, JsonObject.parse(schema.replace('\'', '"'))));
        return this;
    }

    Requests tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    Requests choice(ToolChoice toolChoice) {
        choice = toolChoice;
        return this;
    }

    Requests parallel() {
        parallel = true;
        return this;
    }

    Requests model(String name) {
        model = name;
        return this;
    }

    Requests called(String callId, String name, String arguments) {
        return then(new Item.FunctionCall(null, null, name, callId, arguments, JsonObject.EMPTY));
    }

    Requests output(String callId, String output) {
        return then(Item.functionCallOutput(callId, output));
    }

    Reply reply() {
        return new RuleBasedResponder(CLOCK)
                .respond(new ResponseRequest(
                        "resp_1",
                        new Model(model),
                        instructions,
                        items,
                        tools,
                        choice,
                        parallel,
                        false,
                        config,
                        Map.of()));
    }

    /** What it says; fails if it calls something. */
    String text() {
        return ((Output.Message) reply().outputs().get(0)).text();
    }

    /** "name arguments" of each call; what it says instead if it calls nothing. */
    List<String> calls() {
        return reply().outputs().stream()
                .map(each -> each instanceof Output.FunctionCall call
                        ? call.name() + " " + call.arguments()
                        : each.toString())
                .toList();
    }
}
