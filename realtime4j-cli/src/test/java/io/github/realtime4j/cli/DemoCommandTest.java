package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class DemoCommandTest {
    private static final int SPEED = 10;

    @Test
    void threeTurnsAFunctionCallAndAnInterruptionHappen(@TempDir Path directory) throws Exception {
        CommandLineRun run = new CommandLineRun();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Terminal terminal = new Terminal(run.shell(out));
        CommandLine command = new CommandLine(new DemoCommand(terminal, SPEED));

        int exitCode = command.execute("--json", "--out", directory.toString());

        assertThat(exitCode).as(run.err()).isZero();
        List<JsonObject> events = out.toString(java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .map(JsonObject::parse)
                .toList();
        assertThat(count(events, "input_audio_buffer.speech_stopped")).isEqualTo(3);
        assertThat(count(events, "response.function_call_arguments.done")).isEqualTo(1);
        JsonObject truncate = event(events, "conversation.item.truncate");
        JsonObject truncated = event(events, "conversation.item.truncated");
        assertThat(truncated.get("audio_end_ms")).isEqualTo(truncate.get("audio_end_ms"));
        assertThat(run.err()).contains("interrupted").contains("get_weather({\"city\":\"Berlin\"})");

        Wav sound = Wav.read(directory.resolve("conversation.wav"));
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(Pcm16.peak(sound.channel(0))).isGreaterThan(1_000);
        assertThat(Pcm16.peak(sound.channel(1))).isGreaterThan(1_000);
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("All right. Have a nice day!")
                .contains("get_weather");
    }

    private static long count(List<JsonObject> lines, String type) {
        return lines.stream().filter(line -> type.equals(type(line))).count();
    }

    private static String type(JsonObject line) {
        return String.valueOf(line.object("event").string("type"));
    }

    private static JsonObject event(List<JsonObject> lines, String type) {
        return lines.stream()
                .filter(line -> type.equals(type(line)))
                .findFirst()
                .orElseThrow()
                .object("event");
    }
}
