package io.github.realtime4j.server.respond;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.server.Reply.Output;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tools to call, if any. A word of the user that is in a tool's name counts three, one of its description,
 * its parameters or their values one; three make a call. A tool that was called since the user spoke is not called
 * again, whatever is required, so that a tool loop always ends.
 */
final class ToolPlan {
    private static final int NAME_WEIGHT = 3;
    private static final int ENOUGH = 3;

    private final Turn turn;
    private final Clock clock;

    ToolPlan(Turn turn, Clock clock) {
        this.turn = turn;
        this.clock = clock;
    }

    /** Calls to make now; none if it is time to speak. */
    List<Output> calls() {
        ToolChoice choice = turn.request().toolChoice();
        if (choice.equals(ToolChoice.NONE)) {
            return List.of();
        }
        List<Candidate> open = candidates().stream()
                .filter(each -> !turn.called().contains(each.name()))
                .toList();
        if (choice instanceof ToolChoice.Function function) {
            return of(open.stream()
                    .filter(each -> each.name().equals(function.name()))
                    .toList());
        } else if (choice instanceof ToolChoice.Mcp mcp) {
            return of(open.stream().filter(each -> each.isOf(mcp)).toList());
        } else if (choice.equals(ToolChoice.REQUIRED)) {
            return turn.called().isEmpty() ? of(best(open, 0)) : List.of();
        }
        return turn.outputs().isEmpty() && !turn.words().isEmpty() ? of(best(open, ENOUGH)) : List.of();
    }

    private List<Candidate> best(List<Candidate> open, int least) {
        Set<String> said = Words.stems(turn.words());
        List<Candidate> ranked = open.stream()
                .filter(each -> each.score(said) >= least)
                .sorted(Comparator.comparingInt((Candidate each) -> -each.score(said)))
                .toList();
        if (ranked.size() < 2 || !turn.request().parallelToolCalls()) {
            return ranked.isEmpty() ? ranked : ranked.subList(0, 1);
        }
        Candidate first = ranked.get(0);
        return ranked.stream()
                .filter(each -> each.equals(first) || (least > 0 && each.isNamedBeside(first, said)))
                .toList();
    }

    private List<Output> of(List<Candidate> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        boolean parallel = turn.request().parallelToolCalls();
        List<Output> calls = new ArrayList<>();
        for (Candidate each : parallel ? chosen : chosen.subList(0, 1)) {
            List<String> subjects = each.subjects(new Phrases(turn.words(), clock));
            if (subjects.isEmpty()) {
                calls.add(each.call(new UserWords(turn.words(), clock, null)));
            }
            for (String subject : parallel ? subjects : subjects.subList(0, Math.min(1, subjects.size()))) {
                calls.add(each.call(new UserWords(turn.words(), clock, subject)));
            }
        }
        return calls;
    }

    private List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (Tool tool : turn.request().tools()) {
            if (tool instanceof Tool.Function function && function.name() != null) {
                JsonObject parameters = function.parameters() == null ? JsonObject.EMPTY : function.parameters();
                candidates.add(new Candidate(null, function.name(), text(function.description()), parameters));
            } else if (tool instanceof Tool.Mcp mcp) {
                listed(mcp, candidates);
            }
        }
        return candidates;
    }

    /** The tools of an MCP server, once it has listed them. */
    private void listed(Tool.Mcp mcp, List<Candidate> candidates) {
        for (Item item : turn.request().items()) {
            if (item instanceof Item.McpListTools list && list.serverLabel().equals(mcp.serverLabel())) {
                for (Item.McpTool tool : list.tools()) {
                    candidates.add(new Candidate(
                            list.serverLabel(), tool.name(), text(tool.description()), tool.inputSchema()));
                }
            }
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A tool that could be called; with a server's label if it is a tool of MCP. */
    private record Candidate(@Nullable String serverLabel, String name, String description, JsonObject parameters) {

        boolean isOf(ToolChoice.Mcp choice) {
            return choice.serverLabel().equals(serverLabel)
                    && (choice.name() == null || choice.name().equals(name));
        }

        int score(Set<String> said) {
            Set<String> named = nameStems();
            int score = 0;
            Set<String> rest = Words.stems(description + " " + parameterWords());
            for (String stem : said) {
                score += named.contains(stem) ? NAME_WEIGHT : rest.contains(stem) ? 1 : 0;
            }
            return score;
        }

        /** Whether the user said words of this name that are not in the other's. */
        boolean isNamedBeside(Candidate other, Set<String> said) {
            Set<String> theirs = other.nameStems();
            return nameStems().stream().anyMatch(stem -> said.contains(stem) && !theirs.contains(stem));
        }

        /** Several values for one text parameter, when the user names several. */
        List<String> subjects(Phrases phrases) {
            JsonObject properties = parameters.object("properties");
            if (properties == null) {
                return List.of();
            }
            return properties.members().keySet().stream()
                    .filter(Phrases::isPlace)
                    .filter(each -> !(properties.get(each) instanceof JsonObject schema
                            && SchemaMerge.type(schema).equals("array")))
                    .findFirst()
                    .map(phrases::several)
                    .orElse(List.of());
        }

        Output call(SchemaValues.Hints hints) {
            String arguments = SchemaValues.arguments(parameters, hints).toString();
            return serverLabel == null
                    ? new Output.FunctionCall(name, arguments)
                    : new Output.McpCall(serverLabel, name, arguments);
        }

        private Set<String> nameStems() {
            return Words.stems(Words.fromName(name));
        }

        private String parameterWords() {
            JsonObject properties = parameters.object("properties");
            StringBuilder words = new StringBuilder();
            if (properties != null) {
                properties.forEach((each, schema) -> {
                    words.append(Words.fromName(each)).append(' ');
                    if (schema instanceof JsonObject object) {
                        words.append(text(object.string("description"))).append(' ');
                        for (JsonValue value : object.array("enum")) {
                            words.append(value).append(' ');
                        }
                    }
                });
            }
            return words.toString();
        }
    }
}
