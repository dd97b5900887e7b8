package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link DecodeException} says, word for word. */
final class WrongShapeTest {
    private static final String SECRET = "sk-proj-0123456789abcdefghijklmnopqrstuvwxyz";

    static Stream<Arguments> messages() {
        return Stream.of(
                // Numbers
                audio("\"output_index\":\"seven\"", "Expected an integer but was \"seven\" at $.output_index"),
                audio("\"output_index\":1.5", "Expected an integer but was 1.5 at $.output_index"),
                audio("\"output_index\":2147483648", "Expected an integer but was 2147483648 at $.output_index"),
                audio("\"output_index\":-2147483649", "Expected an integer but was -2147483649 at $.output_index"),
                audio("\"output_index\":1e999999999", "Expected an integer but was 1e999999999 at $.output_index"),
                audio(
                        "\"output_index\":12345678901234567",
                        "Expected an integer but was a long number at $.output_index"),
                audio("\"output_index\":true", "Expected an integer but was true at $.output_index"),
                audio("\"output_index\":[0]", "Expected an integer but was an array at $.output_index"),
                audio("\"output_index\":{}", "Expected an integer but was an object at $.output_index"),
                audio("\"output_index\":null", "Expected an integer but was null at $.output_index"),
                event(
                        "rate_limits.updated",
                        "\"rate_limits\":[{},{\"limit\":9223372036854775808}]",
                        "Expected an integer but was a long number at $.rate_limits[1].limit"),
                event(
                        "rate_limits.updated",
                        "\"rate_limits\":[{\"reset_seconds\":1e400}]",
                        "Expected a number but was 1e400 at $.rate_limits[0].reset_seconds"),
                event(
                        "rate_limits.updated",
                        "\"rate_limits\":[{\"reset_seconds\":\"1\"}]",
                        "Expected a number but was \"1\" at $.rate_limits[0].reset_seconds"),
                // Strings, and how much of them is quoted
                audio("\"item_id\":7", "Expected a string but was 7 at $.item_id"),
                audio("\"item_id\":null", "Expected a string but was null at $.item_id"),
                audio(
                        "\"output_index\":\"0123456789abcdef\"",
                        "Expected an integer but was \"0123456789abcdef\" at $.output_index"),
                audio(
                        "\"output_index\":\"0123456789abcdefg\"",
                        "Expected an integer but was a string at $.output_index"),
                audio("\"output_index\":\"a\\\"\\n\"", "Expected an integer but was \"a\\\"\\n\" at $.output_index"),
                // Base64
                audio("\"delta\":\"????\"", "Expected Base64 but was another string at $.delta"),
                audio("\"delta\":\"QUJDR\"", "Expected Base64 but was another string at $.delta"),
                audio("\"delta\":\"QU JD\"", "Expected Base64 but was another string at $.delta"),
                audio("\"delta\":\"_-__\"", "Expected Base64 but was another string at $.delta"),
                audio("\"delta\":\"é\"", "Expected Base64 but was another string at $.delta"),
                audio("\"delta\":12", "Expected a string but was 12 at $.delta"),
                // Missing and repeated
                event(
                        "response.output_audio.delta",
                        "\"response_id\":\"r\",\"item_id\":\"i\",\"content_index\":0,\"delta\":\"\"",
                        "Missing field at $.output_index"),
                event("response.output_audio.delta", "", "Missing field at $.response_id"),
                event(
                        "response.output_item.added",
                        "\"response_id\":\"r\",\"output_index\":0,\"item\":{\"type\":\"message\"}",
                        "Missing field at $.item.role"),
                event("error", "\"error\":null", "Expected an object but was null at $.error"),
                event("session.created", "\"session\":{\"id\":\"a\",\"id\":\"b\"}", "Duplicate field at $.session.id"),
                event("session.created", "\"session\":{\"x\":1,\"x\":2}", "Duplicate field at $.session.x"),
                event(
                        "session.created",
                        "\"session\":{\"tools\":[{\"type\":\"function\",\"type\":\"mcp\"}]}",
                        "Duplicate field at $.session.tools[0].type"),
                event("session.closed", "\"type\":\"session.closed\"", "Duplicate field at $.type"),
                event("session.closed", "\"x\":{\"y\":[{\"z\":1,\"z\":1}]}", "Duplicate field at $.x.y[0].z"),
                // Nested
                event("session.created", "\"session\":[]", "Expected an object but was an array at $.session"),
                event(
                        "session.created",
                        "\"session\":{\"tools\":{}}",
                        "Expected an array but was an object at $.session.tools"),
                event(
                        "session.created",
                        "\"session\":{\"include\":[\"a\",null]}",
                        "Expected a string but was null at $.session.include[1]"),
                event(
                        "session.created",
                        "\"session\":{\"parallel_tool_calls\":\"yes\"}",
                        "Expected true or false but was \"yes\" at $.session.parallel_tool_calls"),
                event(
                        "session.created",
                        "\"session\":{\"audio\":{\"input\":{\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":\"high\"}}}}",
                        "Expected a number but was \"high\" at $.session.audio.input.turn_detection.threshold"),
                event(
                        "session.created",
                        "\"session\":{\"audio\":{\"output\":{\"format\":{}}}}",
                        "Missing field at $.session.audio.output.format.type"),
                event(
                        "response.done",
                        "\"response\":{\"output\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":4}]}]}",
                        "Expected a string but was 4 at $.response.output[0].content[1].text"),
                event(
                        "response.done",
                        "\"response\":{\"metadata\":{\"k\":1}}",
                        "Expected a string but was 1 at $.response.metadata.k"),
                event(
                        "response.done",
                        "\"response\":{\"output\":[7,{\"type\":\"function_call\",\"name\":{}}]}",
                        "Expected a string but was an object at $.response.output[1].name"),
                event(
                        "response.done",
                        "\"response\":{\"max_output_tokens\":99999999999}",
                        "Expected an integer but was 99999999999 at $.response.max_output_tokens"));
    }

    private static Arguments event(String type, String members, String problem) {
        String comma = members.isEmpty() ? "" : ",";
        return arguments("{\"type\":\"" + type + "\"" + comma + members + "}", problem + " in " + type);
    }

    /** An audio delta with one member changed. */
    private static Arguments audio(String member, String problem) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String usual : List.of(
                "\"response_id\":\"r\"",
                "\"item_id\":\"i\"",
                "\"output_index\":0",
                "\"content_index\":0",
                "\"delta\":\"QUJD\"",
                member)) {
            members.put(usual.substring(0, usual.indexOf(':')), usual);
        }
        return event("response.output_audio.delta", String.join(",", members.values()), problem);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theMessageTellsWhatWasExpectedWhatCameWhereAndInWhat(String json, String message) {
        assertThatThrownBy(() -> Wire.server(json))
                .isExactlyInstanceOf(DecodeException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> notEvents() {
        return Stream.of(
                arguments("", "Expected a JSON object but there is no text"),
                arguments("  \n ", "Expected a JSON object but there is no text"),
                arguments("[]", "Expected an object but was an array at $"),
                arguments("\"hello\"", "Expected an object but was \"hello\" at $"),
                arguments("17", "Expected an object but was 17 at $"),
                arguments("null", "Expected an object but was null at $"),
                arguments("{}", "Missing field at $.type"),
                arguments("{\"event_id\":\"e\"}", "Missing field at $.type"),
                arguments("{\"type\":null}", "Expected a string but was null at $.type"),
                arguments("{\"type\":7}", "Expected a string but was 7 at $.type"),
                arguments("{\"type\":[\"error\"]}", "Expected a string but was an array at $.type"),
                arguments("{\"type\":\"made.up\",\"a\":1,\"a\":2}", "Duplicate field at $.a"),
                arguments("{\"type\":\"made.up\"} x", "Malformed JSON at byte 20"),
                arguments("{\"type\":\"made.up\"} {}", "Expected the end after one JSON object but there is more"));
    }

    @ParameterizedTest
    @MethodSource("notEvents")
    void whatIsNoEventHasNoType(String json, String message) {
        for (boolean fromClient : new boolean[] {false, true}) {
            DecodeException e = catchThrowableOfType(
                    DecodeException.class, () -> Wire.decode(Dialect.GA, fromClient, Wire.utf8(json)));
            assertThat(e).hasMessage(message);
            assertThat(e.type()).isNull();
        }
    }

    @Test
    void malformedTextOfAKnownEventNamesItAndThePlace() {
        DecodeException e = catchThrowableOfType(
                DecodeException.class, () -> Wire.server("{\"type\":\"session.closed\",\"event_id\":tru}"));
        assertThat(e).hasMessage("Malformed JSON at byte 40 in session.closed");
        assertThat(e.type()).isEqualTo("session.closed");
        assertThatThrownBy(() -> Wire.server("{\"type\":\"session.closed\"}{\"type\":\"session.closed\"}"))
                .hasMessage("Expected the end after one JSON object but there is more in session.closed");
    }

    /** Every string and every name of every fixture in turn becomes a key, and every value something else. */
    @Test
    void noMessageContainsALongString() {
        List<String> messages = new ArrayList<>();
        Fixtures.events().forEach(fixture -> {
            for (JsonValue broken : broken(fixture.json())) {
                for (String text : List.of(
                        broken.toString(), broken + SECRET, broken.toString().replace(":", ":,"))) {
                    collect(fixture, text, messages);
                }
            }
        });
        assertThat(messages).hasSizeGreaterThan(1_000).noneMatch(message -> message.contains("0123456789abcdefg"));
    }

    private static void collect(Fixtures.Event fixture, String text, List<String> messages) {
        try {
            Wire.decode(fixture.dialect(), fixture.fromClient(), Wire.utf8(text));
        } catch (DecodeException e) {
            messages.add(e + String.valueOf(e.type()) + e.getCause());
        }
    }

    /** The value with one part of it, anywhere, replaced by a secret, by an object named after it, or named after it. */
    private static List<JsonValue> broken(JsonValue json) {
        List<JsonValue> all = new ArrayList<>();
        all.add(new JsonString(SECRET));
        all.add(JsonObject.of(SECRET, JsonObject.of(SECRET, SECRET)));
        all.add(new JsonArray(List.of(new JsonString(SECRET))));
        if (json instanceof JsonObject object) {
            object.forEach((name, member) -> {
                broken(member).forEach(part -> all.add(object.with(name, part)));
                all.add(object.without(name).with(SECRET, member));
            });
        } else if (json instanceof JsonArray array) {
            for (int i = 0; i < array.elements().size(); i++) {
                for (JsonValue part : broken(array.elements().get(i))) {
                    List<JsonValue> elements = new ArrayList<>(array.elements());
                    elements.set(i, part);
                    all.add(new JsonArray(elements));
                }
            }
        }
        return all;
    }
}
