package io.github.realtime4j.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says what a real client said, and expects what the service answered: types, shapes and fixed values. */
final class RecordingTest {
    /** Beside the repository, for those who have them. */
    private static final Path RECORDINGS = recordings();

    private static Path recordings() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("shared/recordings"))) {
            folder = folder.getParent();
        }
        return folder.resolve("shared/recordings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai_ws__text_in_audio_out_turn.jsonl", "openai_ws__tool_call_round.jsonl"})
    void serverAnswersAsRecorded(String name) throws IOException {
        Path file = RECORDINGS.resolve(name);
        assumeTrue(Files.exists(file), () -> "no recording at " + file);
        List<JsonObject> lines =
                Files.readAllLines(file).stream().map(JsonObject::parse).toList();
        List<JsonObject> recorded = new ArrayList<>();
        try (RealtimeServer server = TestClient.server().start()) {
            List<JsonObject> sent = new ArrayList<>();
            for (JsonObject line : lines) {
                JsonObject event = Members.at(line, "event");
                if ("sent".equals(line.string("direction"))) {
                    sent.add(event);
                } else {
                    recorded.add(event);
                    if ("response.done".equals(event.string("type"))) {
                        server.enqueue(reply(Members.at(event, "response")));
                    }
                }
            }
            TestClient client = TestClient.connect(server);
            for (JsonObject event : sent) {
                client.send(withOurCallId(event, client).toString());
            }
            assertThat(sequence(client.all())).isEqualTo(sequence(recorded));
            compare(client.all(), recorded);
        }
    }

    private static Reply reply(JsonObject response) {
        List<Output> outputs = new ArrayList<>();
        for (JsonValue value : response.array("output")) {
            JsonObject item = (JsonObject) value;
            if ("function_call".equals(item.string("type"))) {
                outputs.add(new Output.FunctionCall(
                        String.valueOf(item.string("name")), String.valueOf(item.string("arguments"))));
            } else {
                JsonObject part = (JsonObject) item.array("content").get(0);
                String text = part.has("text") ? part.string("text") : part.string("transcript");
                outputs.add(new Output.Message(String.valueOf(text), null));
            }
        }
        return Reply.of(outputs.toArray(Output[]::new));
    }

    private static JsonObject withOurCallId(JsonObject event, TestClient client) {
        JsonObject item = event.object("item");
        if (item == null || item.string("call_id") == null) {
            return event;
        }
        String callId = client.last("response.function_call_arguments.done").string("call_id");
        return event.with("item", item.with("call_id", callId));
    }

    /** Types in order, without deltas, and without what a recorded client that was in a hurry has missed. */
    private static List<String> sequence(List<JsonObject> events) {
        List<String> types = new ArrayList<>();
        for (JsonObject event : events) {
            String type = String.valueOf(event.string("type"));
            if (!type.endsWith(".delta") && !type.equals("rate_limits.updated")) {
                types.add(type);
            }
        }
        return types;
    }

    /** The n-th event of each type has the same shape as the n-th that was recorded. */
    private static void compare(List<JsonObject> ours, List<JsonObject> recorded) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonObject event : recorded) {
            String type = String.valueOf(event.string("type"));
            int n = counts.merge(type, 1, Integer::sum);
            if (!type.endsWith(".delta") || n == 1) {
                JsonObject twin = ours.stream()
                        .filter(each -> type.equals(each.string("type")))
                        .skip(n - 1L)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + type + " number " + n));
                assertThat(fixed(twin))
                        .as(type + " number " + n)
                        .hasToString(fixed(event).toString());
            }
        }
    }

    /** Without what differs from run to run: ids, times, sound, numbers of tokens. */
    private static JsonValue fixed(JsonValue value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(
                    array.elements().stream().map(RecordingTest::fixed).toList());
        } else if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(name, isFixed(name, member) ? fixed(member) : anyOf(member)));
            return new JsonObject(members);
        }
        return value;
    }

    private static boolean isFixed(String name, JsonValue member) {
        boolean varies = name.equals("id")
                || name.endsWith("_id")
                || name.endsWith("_tokens")
                || List.of("expires_at", "obfuscation", "delta", "remaining", "reset_seconds", "limit")
                        .contains(name);
        return !varies || !(member instanceof JsonString || member instanceof JsonValue.JsonNumber);
    }

    private static JsonValue anyOf(JsonValue member) {
        String kind = member instanceof JsonString text ? text.value().replaceFirst("(?s)_.*|^[^_]*$", "") : "#";
        return new JsonString(kind);
    }
}
