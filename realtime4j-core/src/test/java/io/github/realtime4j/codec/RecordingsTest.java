package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.UnknownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sessions, decoded and encoded again. They are kept outside the repository and skipped where they are not. */
final class RecordingsTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("shared", "../../shared"), "recordings");

    /** One line of a recording. */
    record Line(String file, int number, boolean sent, JsonObject event) {
        Dialect dialect() {
            return file.startsWith("azure_voice_live") ? Dialect.BETA : Dialect.GA;
        }

        @Override
        public String toString() {
            return file + ":" + number + " " + event.string("type");
        }
    }

    static Stream<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (Files.isDirectory(RECORDINGS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(RECORDINGS, "*.jsonl")) {
                for (Path file : files) {
                    int number = 0;
                    for (String text : Files.readAllLines(file)) {
                        number++;
                        JsonObject line = JsonObject.parse(text);
                        lines.add(new Line(
                                file.getFileName().toString(),
                                number,
                                "sent".equals(line.string("direction")),
                                line.object("event")));
                    }
                }
            }
        }
        return lines.stream();
    }

    @Test
    void recordingsAreThere() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "no recordings beside the repository");
        assertThat(lines()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("lines")
    void everyLineSurvivesTheRoundTrip(Line line) {
        EventCodec codec = EventCodec.of(line.dialect());
        ByteBuffer message = ByteBuffer.wrap(line.event.toString().getBytes(StandardCharsets.UTF_8));
        List<String> unknown = new ArrayList<>();
        ByteBuffer[] encoded;
        if (line.sent) {
            var event = codec.decodeClientEvent(message, unknown::add);
            assertThat(event).isNotInstanceOf(UnknownEvent.class);
            assertThat(codec.decodeClientEvent(message)).isEqualTo(event);
            encoded = codec.encode(event, null);
        } else {
            var event = codec.decodeServerEvent(message, unknown::add);
            assertThat(event).isNotInstanceOf(UnknownEvent.class);
            assertThat(codec.decodeServerEvent(message)).isEqualTo(event);
            encoded = codec.encode(event);
        }
        JsonValue again = JsonValue.parse(text(encoded));
        assertContains(line.event, again, "$", List.of());
        assertContains(again, line.event, "$", unknown);
    }

    private static String text(ByteBuffer[] slices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer slice : slices) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Everything of the part is in the whole, but for excepted fields; null and empty lists may be absent. */
    private static void assertContains(@Nullable JsonValue whole, JsonValue part, String path, List<String> except) {
        if (except.contains(path) || part == JsonNull.NULL || part.equals(new JsonArray(List.of()))) {
            return;
        }
        if (part instanceof JsonObject object && whole instanceof JsonObject wholeObject) {
            object.forEach((name, member) -> assertContains(wholeObject.get(name), member, path + "." + name, except));
        } else if (part instanceof JsonArray array && whole instanceof JsonArray wholeArray) {
            assertThat(array.elements()).as(path).hasSameSizeAs(wholeArray.elements());
            for (int i = 0; i < array.elements().size(); i++) {
                JsonValue element = wholeArray.elements().get(i);
                assertContains(element, array.elements().get(i), path + "[" + i + "]", except);
            }
        } else if (part instanceof JsonNumber number && whole instanceof JsonNumber wholeNumber) {
            assertThat(number.value()).as(path).isEqualByComparingTo(wholeNumber.value());
        } else {
            assertThat(part).as(path).isEqualTo(whole);
        }
    }
}
