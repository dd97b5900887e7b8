package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.Trigger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscribeCommandTest {
    private static final byte[] TWO_TURNS = SpokenFile.of("Good morning to all of you.", "How are you today?");

    private final ScriptedTranscriber transcriber = new ScriptedTranscriber(TranscribeCommandTest::lose);
    private final RealtimeServer server =
            RealtimeServer.builder().transcriber(transcriber).start();

    @TempDir
    private Path directory;

    private Path file;

    /** Whatever is not in the script cannot be made out. */
    private static String lose(Object audio, Object format) {
        throw new IllegalStateException("deaf");
    }

    @BeforeEach
    void record() throws IOException {
        file = Files.write(directory.resolve("talk.wav"), TWO_TURNS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLineRun elsewhere() {
        return new CommandLineRun()
                .with("OPENAI_BASE_URL", server.uri().toString())
                .with("OPENAI_API_KEY", "any");
    }

    private CommandLineRun transcribe(String... options) {
        String[] args = Arrays.copyOf(new String[] {"transcribe", file.toString()}, 2 + options.length);
        System.arraycopy(options, 0, args, 2, options.length);
        return elsewhere().run(args);
    }

    @Test
    void everyTurnIsOneLineOnStdout() {
        transcriber.enqueue("Good morning\nto all of you.").enqueue("How are you today?");

        CommandLineRun run = transcribe();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Good morning to all of you.\nHow are you today?\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theSessionIsToldModelAndLanguage() throws Exception {
        transcriber.enqueue("Guten Morgen.").enqueue("Wie geht es?");

        transcribe("--model", "gpt-4o-transcribe", "--language", "de");

        var session = server.takeSession();
        assertThat(session.opening().uri()).endsWith("/v1/realtime?intent=transcription");
        assertThat(session.sent().get(0).object("session"))
                .hasToString("{\"type\":\"transcription\",\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\","
                        + "\"rate\":24000},\"transcription\":{\"model\":\"gpt-4o-transcribe\",\"language\":\"de\"},"
                        + "\"turn_detection\":{\"type\":\"server_vad\"}}}}");
    }

    @Test
    void aModelWithoutTurnsGetsTheFileAsOne() {
        transcriber.enqueue("Good morning. How are you?");

        CommandLineRun run = transcribe("--model", "gpt-realtime-whisper", "-v");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Good morning. How are you?\n");
        assertThat(run.err()).containsPattern("usage: gpt-realtime-whisper, [1-9] s of audio\n");
    }

    @Test
    void readsTheSoundFromStdin() {
        transcriber.enqueue("One.").enqueue("Two.");

        CommandLineRun run = elsewhere().stdin(TWO_TURNS).run("transcribe", "-");

        assertThat(run.out()).as(run.err()).isEqualTo("One.\nTwo.\n");
    }

    @Test
    void theWordsCanBeSeenAsTheyCome() {
        transcriber.enqueue("Good morning.").enqueue("How are you?");

        CommandLineRun run = elsewhere().onTerminal().run("transcribe", file.toString());

        assertThat(run.out()).isEqualTo("Good morning.\nHow are you?\n");
        assertThat(run.err()).contains("\r\033[K\033[31m●\033[0m Good").endsWith("\r\033[K");
    }

    @Test
    void withJsonStdoutHasRawEventsOnly() {
        transcriber.enqueue("One.").enqueue("Two.");

        CommandLineRun run = transcribe("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .allSatisfy(line ->
                        assertThat(JsonObject.parse(line).members().keySet()).containsExactly("direction", "event"));
        assertThat(new CommandLineRun().stdin(run.out()).run("inspect", "-").exitCode())
                .isZero();
    }

    @Test
    void aTurnThatIsLostIsToldAndFailsAndTheOthersAreWritten() {
        transcriber.enqueue("Good morning.");

        CommandLineRun run = transcribe();

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("Good morning.\n");
        assertThat(run.err())
                .startsWith("error: a turn could not be written down: Input transcription failed for item 'item_")
                .endsWith("realtime: not everything is written down\n");
    }

    @Test
    void silenceIsToldAndFailsWhateverAModelHearsInIt() throws IOException {
        Files.write(file, Wav.bytes(new short[8_000], 8_000));
        transcriber.enqueue("Thank you for watching!");

        CommandLineRun run = transcribe();

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("realtime: the server heard no speech in the 1.0 s of " + file + "\n");
    }

    @Test
    void whatIsThereOfAFileThatEndsTooEarlyIsWrittenDown() throws IOException {
        transcriber.enqueue("Good morning.").enqueue("How are");
        Files.write(file, Arrays.copyOf(TWO_TURNS, TWO_TURNS.length - 1_000));

        CommandLineRun run = transcribe();

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEqualTo("Good morning.\nHow are\n");
        assertThat(run.err()).startsWith("realtime: " + file + " can be used only in part: Expected ");
    }

    @Test
    void aLostConnectionFails() {
        server.enqueueFaults(new Fault.CloseConnection(Trigger.after("input_audio_buffer.committed"), 1011, "tired"));
        CommandLineRun lost = transcribe();
        server.enqueueFaults(new Fault.CloseConnection(Trigger.after("input_audio_buffer.committed"), 1000, "enough"));
        CommandLineRun left = transcribe();

        assertThat(lost.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(lost.err()).isEqualTo("realtime: The connection ended with 1011 tired (ended by SERVER)\n");
        assertThat(left.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(left.err()).isEqualTo("realtime: the server ended the session before everything was written down\n");
    }

    @Test
    void aServerThatOwesATranscriptAndIsSilentFails() {
        transcriber.enqueue("One.").enqueue("Two.");
        server.enqueueFaults(
                new Fault.DropEvent(Trigger.before("conversation.item.input_audio_transcription.completed")));

        CommandLineRun run = transcribe("--timeout", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("realtime: the server said nothing for 1 s although not everything is written down; "
                        + "--timeout makes this command wait longer\n");
    }

    @Test
    void withoutAKeyTheEmbeddedServerTellsForHowLongSomebodySpoke() {
        CommandLineRun run = CommandLineRun.of("transcribe", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.outLines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).matches("\\(\\d\\.\\d seconds of speech\\)"));
        assertThat(run.err()).contains("embedded server").contains("it makes out no words");
    }

    @Test
    void unusableFilesAreWrongUsage() throws IOException {
        assertThat(CommandLineRun.of("transcribe").err()).contains("transcribe what?");
        assertThat(CommandLineRun.of("transcribe", directory.toString()).err())
                .isEqualTo("realtime: " + directory + " is a directory\n");
        Files.writeString(file, "no sound");
        assertThat(transcribe().err()).startsWith("realtime: " + file + " cannot be used: ");
        assertThat(transcribe().exitCode()).isEqualTo(ExitCode.USAGE);
        Files.delete(file);
        assertThat(transcribe().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(elsewhere().stdin("").run("transcribe", "-").err()).startsWith("realtime: stdin cannot be used: ");
    }

    @Test
    void aRefusedModelIsNoConnection() {
        CommandLineRun run = transcribe("--model", "gpt-nope");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
        assertThat(run.err())
                .startsWith("realtime: the server refuses the session: ")
                .contains("gpt-nope");
    }

    @Test
    void whenNobodyReadsAnyMoreTheCommandEndsQuietly() {
        transcriber.enqueue("One.").enqueue("Two.");
        CommandLineRun run = elsewhere();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(Main.run(run.shell(closed), "transcribe", file.toString())).isZero();
        assertThat(Main.run(run.shell(closed), "transcribe", "--json", file.toString()))
                .isZero();
        assertThat(run.err()).isEmpty();
    }
}
