package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TalkCommandTest {
    private final RealtimeServer server = RealtimeServer.builder()
            .synthesizer(new ToneSynthesizer())
            .transcriber(new ScriptedTranscriber().enqueue("Is anybody there?"))
            .start();

    @TempDir
    private Path directory;

    private Path question;
    private Path answer;

    @BeforeEach
    void record() throws IOException {
        question = Files.write(directory.resolve("question.wav"), SpokenFile.of("Is anybody there?"));
        answer = directory.resolve("answer.wav");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLineRun talk(String... options) {
        String[] args = new String[6 + options.length];
        System.arraycopy(
                new String[] {"talk", "--fast", "--in", question.toString(), "--out", answer.toString()},
                0,
                args,
                0,
                6);
        System.arraycopy(options, 0, args, 6, options.length);
        return new CommandLineRun()
                .with("OPENAI_BASE_URL", server.uri().toString())
                .with("OPENAI_API_KEY", "any")
                .run(args);
    }

    @Test
    void theAnswerIsHeardAfterTheQuestion() throws IOException {
        server.enqueue(ScriptedResponse.text("Yes, I am here."));

        CommandLineRun run = talk();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("“Is anybody there?”").contains("“Yes, I am here.”");
        Wav heard = Wav.read(answer);
        assertThat(heard.sampleRate()).isEqualTo(24_000);
        short[] samples = heard.channel(0);
        int silence = 0;
        while (silence < samples.length && samples[silence] == 0) {
            silence++;
        }
        assertThat(silence).isBetween(24_000, samples.length - 1);
    }

    @Test
    void theAnswerEndsSoonAfterItsLastSound() throws IOException {
        server.enqueue(ScriptedResponse.text("Yes."));

        CommandLineRun run = talk();

        assertThat(run.exitCode()).as(run.err()).isZero();
        short[] samples = Wav.read(answer).channel(0);
        int last = samples.length;
        while (last > 0 && samples[last - 1] == 0) {
            last--;
        }
        assertThat(samples.length - last).isLessThan(3 * 24_000);
    }

    @Test
    void aServerThatLeavesInTheMiddleFails() {
        server.enqueueFaults(
                new Fault.CloseConnection(Trigger.after("input_audio_buffer.speech_started"), 1000, "enough"));
        CommandLineRun left = talk();
        server.enqueueFaults(new Fault.Reset(Trigger.after("response.created")));
        CommandLineRun lost = talk();

        assertThat(left.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(left.err()).contains("realtime: The session has ended: 1000 enough (ended by SERVER)");
        assertThat(lost.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(lost.err()).contains("realtime: The connection ended with ");
    }

    @Test
    void aServerThatOwesAnAnswerAndIsSilentFails() {
        server.enqueueFaults(new Fault.Stall(Trigger.after("response.created")));

        CommandLineRun run = talk("--timeout", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("The server said nothing for 1 s although an answer was due");
    }

    @Test
    void telephoneSoundGoesOverTheWireAsSuch() throws Exception {
        Path both = directory.resolve("both.wav");
        server.enqueue(ScriptedResponse.text("Yes."));

        CommandLineRun run = talk("--format", "pcmu", "--record", both.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Wav.read(both).channels()).isEqualTo(2);
        JsonObject update = server.takeSession().sent().get(0);
        assertThat(update.toString()).contains("audio/pcmu").contains("server_vad");
    }

    @Test
    void withJsonTheStoryGoesToStderr() {
        server.enqueue(ScriptedResponse.text("Yes."));

        CommandLineRun run = talk("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).allSatisfy(line -> assertThat(line).startsWith("{\"direction\":\""));
        assertThat(run.err()).contains("“Is anybody there?”");
    }

    @Test
    void silenceIsToldAndFails() throws IOException {
        Files.write(question, Wav.bytes(new short[8_000], 8_000));

        CommandLineRun run = talk();

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("the server heard no speech in the 1.0 s of ");
    }

    @Test
    void aFailedAnswerFails() {
        server.enqueue(ScriptedResponse.failed("server_error"));

        assertThat(talk().exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void unusableFilesAreWrongUsage() throws IOException {
        Files.writeString(question, "no sound");
        assertThat(talk().err()).contains("cannot be used");
        assertThat(talk().exitCode()).isEqualTo(ExitCode.USAGE);
        Files.delete(question);
        assertThat(talk().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(talk("--format", "mp3").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
