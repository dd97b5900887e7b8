package io.github.realtime4j.cli;

import io.github.realtime4j.cli.Terminal.Style;
import io.github.realtime4j.cli.inspect.Conversation;
import io.github.realtime4j.cli.inspect.Inspection;
import io.github.realtime4j.cli.inspect.Inspection.Place;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.usage.SessionUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection as a table for people, or as JSON for programs. */
final class InspectionText {
    private static final int MOST_FAILURES = 20;

    private final Terminal terminal;
    private final Inspection inspection;
    private final boolean roundTrip;

    InspectionText(Terminal terminal, Inspection inspection, boolean roundTrip) {
        this.terminal = terminal;
        this.inspection = inspection;
        this.roundTrip = roundTrip;
    }

    void print() {
        terminal.line(bold(inspection.name()));
        printConversation(inspection.conversation());
        terminal.line("");
        printTypes();
        printPlaces("Unknown fields (they do no harm)", inspection.unknownFields());
        if (roundTrip) {
            printPlaces("Not the same after decoding and encoding", inspection.differences());
        }
        printFailures();
        terminal.line("");
        terminal.line("  " + verdict());
        terminal.line("");
    }

    private void printConversation(Conversation conversation) {
        String dialect = inspection.dialect().name().toLowerCase(Locale.ROOT);
        terminal.line("  " + count(inspection.events(), "event") + ", " + dialect + " dialect");
        List<String> parts = new ArrayList<>();
        parts.add(count(conversation.turns(), "user turn"));
        int responses = conversation.responses().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String statuses = conversation.responses().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
        parts.add(count(responses, "response") + (responses == 0 ? "" : statuses));
        if (conversation.calls() > 0) {
            parts.add(count(conversation.calls(), "function call"));
        }
        if (conversation.interruptions() > 0) {
            parts.add(count(conversation.interruptions(), "interruption"));
        }
        terminal.line("  " + String.join(", ", parts));
        SessionUsage usage = conversation.usage();
        terminal.line(String.format(
                Locale.ROOT,
                "  %d tokens in, %d out%s; audio %.2f s sent, %.2f s received",
                usage.input().total(),
                usage.output().total(),
                UsageText.cost(usage),
                conversation.sentSeconds(),
                conversation.receivedSeconds()));
        for (String line : conversation.story()) {
            terminal.line(dim("    " + shortened(line)));
        }
        for (String error : conversation.errors()) {
            terminal.line("    " + terminal.out(Style.YELLOW, "error: " + shortened(error)));
        }
    }

    private void printTypes() {
        int width = inspection.types().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        terminal.line(bold(
                String.format(Locale.ROOT, "  %-" + Math.max(4, width) + "s %8s %8s", "type", "sent", "received")));
        inspection.types().forEach((type, count) -> {
            boolean unknown = inspection.unknownTypes().contains(type);
            String line = String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(4, width) + "s %8s %8s",
                    type,
                    count.sent() == 0 ? "" : count.sent(),
                    count.received() == 0 ? "" : count.received());
            terminal.line(unknown ? terminal.out(Style.RED, line + "  unknown type") : line);
        });
    }

    private void printPlaces(String title, Map<Place, Integer> places) {
        if (places.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(bold("  " + title));
        places.forEach((place, times) -> terminal.line(String.format(
                Locale.ROOT,
                "  %6d  %s%s in %s",
                times,
                place.kind() == null ? "" : place.kind().name().toLowerCase(Locale.ROOT) + " ",
                place.path(),
                place.type())));
    }

    private void printFailures() {
        if (inspection.failures().isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(bold("  Lines that cannot be decoded"));
        inspection.failures().stream()
                .limit(MOST_FAILURES)
                .forEach(failure -> terminal.line(terminal.out(
                        Style.RED, String.format(Locale.ROOT, "  line %d: %s", failure.line(), failure.problem()))));
        int more = inspection.failures().size() - MOST_FAILURES;
        if (more > 0) {
            terminal.line("  and " + more + " more (--json has them all)");
        }
    }

    private String verdict() {
        if (inspection.isClean()) {
            return terminal.out(
                    Style.GREEN,
                    roundTrip ? "Everything was understood and came back the same." : "Everything was understood.");
        }
        List<String> faults = new ArrayList<>();
        addFault(faults, inspection.failures().size(), "line that cannot be decoded", "lines that cannot be decoded");
        addFault(faults, inspection.unknownTypes().size(), "unknown type", "unknown types");
        addFault(faults, inspection.differences().size(), "place that differs", "places that differ");
        return terminal.out(Style.RED, String.join(", ", faults));
    }

    private static void addFault(List<String> faults, int number, String one, String several) {
        if (number > 0) {
            faults.add(number + " " + (number == 1 ? one : several));
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private String shortened(String line) {
        int room = Math.max(20, terminal.width() - 6);
        return line.length() <= room ? line : line.substring(0, room - 1) + "…";
    }

    private String bold(String text) {
        return terminal.out(Style.BOLD, text);
    }

    private String dim(String text) {
        return terminal.out(Style.DIM, text);
    }

    static JsonObject json(Inspection inspection, boolean roundTrip) {
        Conversation conversation = inspection.conversation();
        SessionUsage usage = conversation.usage();
        List<JsonObject> types = new ArrayList<>();
        inspection
                .types()
                .forEach((type, count) ->
                        types.add(JsonObject.of("type", type, "sent", count.sent(), "received", count.received())));
        List<JsonObject> failures = new ArrayList<>();
        inspection
                .failures()
                .forEach(failure -> failures.add(
                        JsonObject.of("line", failure.line(), "type", failure.type(), "problem", failure.problem())));
        JsonObject json = JsonObject.of(
                "file", inspection.name(),
                "dialect", inspection.dialect().name().toLowerCase(Locale.ROOT),
                "clean", inspection.isClean(),
                "events", inspection.events(),
                "types", types,
                "unknown_types", inspection.unknownTypes(),
                "unknown_fields", places(inspection.unknownFields()),
                "failures", failures);
        if (roundTrip) {
            json = json.with("differences", places(inspection.differences()));
        }
        return json.with(
                "conversation",
                JsonObject.of(
                        "sessions", conversation.sessions(),
                        "turns", conversation.turns(),
                        "responses", conversation.responses(),
                        "function_calls", conversation.calls(),
                        "interruptions", conversation.interruptions(),
                        "input_tokens", usage.input().total(),
                        "output_tokens", usage.output().total(),
                        "cost_usd", usage.cost(),
                        "unpriced", usage.unpriced(),
                        "audio_sent_seconds", rounded(conversation.sentSeconds()),
                        "audio_received_seconds", rounded(conversation.receivedSeconds()),
                        "errors", conversation.errors()));
    }

    private static List<JsonObject> places(Map<Place, Integer> places) {
        List<JsonObject> list = new ArrayList<>();
        places.forEach((place, times) -> {
            JsonObject json = JsonObject.of("type", place.type(), "path", place.path(), "count", times);
            list.add(
                    place.kind() == null
                            ? json
                            : json.with("difference", place.kind().name().toLowerCase(Locale.ROOT)));
        });
        return list;
    }

    private static BigDecimal rounded(double seconds) {
        return BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_UP);
    }
}
