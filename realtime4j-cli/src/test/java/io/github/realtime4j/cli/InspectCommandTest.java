package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("shared", "../../shared"), "recordings");
    private static final String CREATE = "{\"direction\":\"sent\",\"event\":{\"type\":\"response.create\"}}";
    private static final String CLEARED =
            "{\"direction\":\"received\",\"event\":{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"e\"}}";

    @TempDir
    private Path directory;

    private CommandLineRun inspect(String content, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("session.jsonl"), content);
        List<String> args = new ArrayList<>(List.of("inspect", file.toString()));
        args.addAll(List.of(options));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    @Test
    void countsEachTypeAndDirection() throws IOException {
        CommandLineRun run = inspect(CREATE + "\n\n" + CREATE + "\r\n" + CLEARED + "\n");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("3 events, ga dialect").contains("Everything was understood.");
        assertThat(run.out()).containsPattern("response\\.create +2 +\n");
        assertThat(run.out()).containsPattern("input_audio_buffer\\.cleared +1\n");
    }

    @Test
    void takesEventsWithoutAnEnvelopeFromEitherSide() throws IOException {
        CommandLineRun run = inspect("""
                {"type":"input_audio_buffer.cleared","event_id":"e"}
                {"type":"response.cancel"}
                """, "--json");

        JsonObject report = JsonObject.parse(run.out());
        assertThat(run.exitCode()).isZero();
        assertThat(report.array("types"))
                .containsExactly(
                        JsonObject.of("type", "input_audio_buffer.cleared", "sent", 0, "received", 1),
                        JsonObject.of("type", "response.cancel", "sent", 1, "received", 0));
    }

    @Test
    void anUnknownTypeIsNamedAndFails() throws IOException {
        CommandLineRun run = inspect("{\"direction\":\"received\",\"event\":{\"type\":\"response.sung\"}}");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).containsPattern("response\\.sung .*unknown type").contains("1 unknown type");
    }

    @Test
    void unknownFieldsAreNamedByPathAndDoNoHarm() throws IOException {
        String added = "{\"direction\":\"received\",\"event\":{\"type\":\"conversation.item.added\",\"event_id\":\"e\","
                + "\"item\":{\"id\":\"i\",\"type\":\"message\",\"role\":\"user\",\"mood\":\"good\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"a\",\"size\":1},"
                + "{\"type\":\"input_text\",\"text\":\"b\",\"size\":2}]}}}";

        CommandLineRun run = inspect(added, "--roundtrip");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("     1  $.item.mood in conversation.item.added")
                .contains("     2  $.item.content[].size in conversation.item.added");
    }

    @Test
    void badLinesAreToldWithTheirNumbers() throws IOException {
        CommandLineRun run = inspect(CREATE + "\n\nnot json\n[]\n{\"direction\":\"up\",\"event\":{}}\n"
                + "{\"direction\":\"sent\"}\n"
                + "{\"direction\":\"received\",\"event\":{\"type\":\"input_audio_buffer.speech_started\","
                + "\"event_id\":\"e\",\"audio_start_ms\":\"soon\",\"item_id\":\"i\"}}\n");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out())
                .contains("line 3: ")
                .contains("line 4: Expected a JSON object")
                .contains("line 5: Expected \"sent\" or \"received\"")
                .contains("line 6: Expected an object but there is none at $.event")
                .containsPattern("line 7: .*\\$\\.audio_start_ms in input_audio_buffer\\.speech_started")
                .contains("5 lines that cannot be decoded");
    }

    @Test
    void theBetaDialectIsFoundOutFromTheEvents() throws IOException {
        CommandLineRun run = inspect("""
                {"direction":"received","event":{"type":"response.audio_transcript.delta","event_id":"e",\
                "response_id":"r","item_id":"i","output_index":0,"content_index":0,"delta":"Hi"}}
                """, "--roundtrip");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 event, beta dialect").contains("came back the same");
    }

    @Test
    void aGivenDialectIsNotDoubted() throws IOException {
        CommandLineRun run = inspect(
                "{\"direction\":\"received\",\"event\":{\"type\":\"response.audio.done\",\"event_id\":\"e\"}}",
                "--dialect",
                "ga");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("unknown type");
    }

    @Test
    void readsStdin() {
        CommandLineRun run = new CommandLineRun().stdin(CREATE).run("inspect", "-");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("stdin\n");
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        CommandLineRun run =
                CommandLineRun.of("inspect", directory.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cannot read ");
        assertThat(CommandLineRun.of("inspect", directory.toString()).err()).contains("is a directory");
    }

    @Test
    void tokensAreToldWithTheirPriceIfThereIsOne() throws IOException {
        String created = "{\"type\":\"session.created\",\"event_id\":\"e\",\"session\":{\"model\":\"%s\"}}\n";
        String done = "{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":{\"id\":\"%s\","
                + "\"status\":\"completed\",\"usage\":{\"input_tokens\":10,\"output_tokens\":1000,"
                + "\"input_token_details\":{\"text_tokens\":10},\"output_token_details\":{\"audio_tokens\":1000}}}}\n";
        String known = created.formatted("gpt-realtime-2.1") + done.formatted("r1");
        String unknown = created.formatted("my-deployment") + done.formatted("r2");

        assertThat(inspect(known).out()).contains("  10 tokens in, 1000 out, $0.0640; audio ");
        assertThat(inspect(unknown).out()).contains("  10 tokens in, 1000 out; audio ");
        assertThat(inspect(known + unknown).out()).contains("  20 tokens in, 2000 out, more than $0.0640; audio ");
        JsonObject report = JsonObject.parse(inspect(known + unknown, "--json").out());
        assertThat(report.object("conversation").toString())
                .contains("\"cost_usd\":0.064040,\"unpriced\":[\"1010 tokens by my-deployment have no price\"]")
                .contains("\"responses\":{\"completed\":2}");
    }

    @Test
    void everyRecordingIsUnderstoodAndComesBackTheSame() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "no recordings beside the repository");
        List<String> args = new ArrayList<>(List.of("inspect", "--roundtrip", "--json"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(RECORDINGS, "*.jsonl")) {
            files.forEach(file -> args.add(file.toString()));
        }

        CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.outLines()).hasSize(args.size() - 3);
    }
}
