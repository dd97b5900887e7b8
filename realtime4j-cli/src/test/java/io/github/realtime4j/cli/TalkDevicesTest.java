package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.cli.demo.ScriptedUser;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TalkDevicesTest {
    private final RealtimeServer server = RealtimeServer.builder()
            .synthesizer(new ToneSynthesizer())
            .transcriber(new ScriptedTranscriber().enqueue("Is anybody there?"))
            .start();
    private final CommandLineRun run = new CommandLineRun()
            .onTerminal()
            .with("NO_COLOR", "1")
            .with("OPENAI_BASE_URL", server.uri().toString())
            .with("OPENAI_API_KEY", "any");
    private final FakeDevices devices = run.devices();
    private final FakeKeyboard keyboard = run.keyboard();

    @TempDir
    private Path directory;

    @BeforeEach
    void answer() {
        run.in(directory);
        server.enqueue(ScriptedResponse.text("Yes."));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private boolean isTold(String words) {
        return run.out().contains(words);
    }

    private void speak() {
        devices.user().say(ScriptedUser.spoken(new ToneSynthesizer(), "Is anybody there?", "cedar"));
    }

    @Test
    void talksUntilQ() {
        devices.withMicrophone().withSpeaker();
        keyboard.press('q', () -> isTold("“Yes.”"));
        speak();

        run.run("talk");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("the microphone is shut while the assistant speaks")
                .contains("m mutes, q quits");
        assertThat(run.out()).contains("“Is anybody there?”");
        assertThat(keyboard.isOpen()).isFalse();
        assertThat(Files.exists(directory.resolve("talk.wav"))).isFalse();
    }

    @Test
    void spaceIsPushToTalk() throws Exception {
        devices.withMicrophone().withSpeaker();
        keyboard.press(' ', () -> run.err().contains("● space to talk"))
                .press(' ', () -> isTold("user        speaks"))
                .press('q', () -> isTold("“Yes.”"));

        run.run("talk", "--ptt");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("hold space to talk").doesNotContain("the microphone is shut");
        RecordedSession session = server.takeSession();
        assertThat(session.sent().get(0).toString()).contains("\"turn_detection\":null");
        assertThat(session.types()).contains("input_audio_buffer.commit", "response.create");
    }

    @Test
    void mIsMute() throws Exception {
        devices.withMicrophone().withSpeaker();
        Path both = directory.resolve("both.wav");
        long[] steps = {0};
        keyboard.press('m', () -> run.err().contains("● listening")).press('q', () -> {
            if (run.err().contains("muted") && steps[0]++ == 0) {
                speak();
            }
            return steps[0] > 0 && !devices.user().isSpeaking();
        });

        run.run("talk", "--record", both.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Pcm16.peak(Wav.read(both).channel(0))).isZero();
    }

    @Test
    void aDeviceThatGoesAwayAndComesBackIsTold() {
        devices.withMicrophone().withSpeaker();
        keyboard.press('x', () -> {
                    devices.listener().lost("Mic", "it stands still");
                    devices.listener().reopened(devices.inputs().get(0));
                    return true;
                })
                .press('q', () -> isTold("is Mic [plughw:0] now"));

        run.run("talk");

        assertThat(run.out())
                .contains("device      the microphone Mic is gone: it stands still; waiting for it, or another")
                .contains("device      the microphone is Mic [plughw:0] now");
    }

    @Test
    void withoutASpeakerAFileIsWrittenThatWasNotThere() throws IOException {
        devices.withMicrophone();
        Files.writeString(directory.resolve("talk.wav"), "mine");
        keyboard.press('q', () -> isTold("“Yes.”"));
        speak();

        run.run("talk");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("there is no speaker ('realtime devices' tells more): what is heard goes to ");
        assertThat(directory.resolve("talk.wav")).hasContent("mine");
        assertThat(Pcm16.peak(Wav.read(directory.resolve("talk-2.wav")).channel(0)))
                .isGreaterThan(1_000);
    }

    @Test
    void theRecordingAndTheFileInsteadOfASpeakerAreTwo() {
        String record = directory.resolve("talk.wav").toString();
        CommandLineRun alone = new CommandLineRun().in(directory).run("talk", "--fast", "--record", record);

        assertThat(alone.exitCode()).as(alone.err()).isZero();
        assertThat(directory.resolve("talk-2.wav")).isNotEmptyFile();
        assertThat(directory.resolve("talk.wav")).isNotEmptyFile();
    }

    @Test
    void withoutADeviceASynthesisedUserAsksOneQuestion() {
        CommandLineRun alone = new CommandLineRun().in(directory).run("talk", "--fast");

        assertThat(alone.exitCode()).as(alone.err()).isZero();
        assertThat(alone.err()).contains("there is no microphone", "a synthesised user asks “What is 17 times 23?”");
        assertThat(alone.out()).contains("“17 times 23 is 391.”");
        assertThat(directory.resolve("talk.wav")).exists();
    }

    @Test
    void aDeviceThatWasAskedForMustBeThere() {
        for (List<String> wanted : List.of(List.of("--in", "mic"), List.of("--microphone", "Mic"), List.of("--ptt"))) {
            run.run(("talk --out x.wav " + String.join(" ", wanted)).split(" "));
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).endsWith("realtime: no microphone here\n");
        }
        devices.withMicrophone();
        run.run("talk", "--out", "speaker");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).endsWith("realtime: no speaker here\n");
    }

    @Test
    void devicesAreChosenByName() {
        devices.withMicrophone().withSpeaker();
        keyboard.press('q', () -> true);

        run.run("talk", "--microphone", "mi", "--speaker", "loud", "--headphones");

        assertThat(devices.opened()).containsExactly("mi", "loud");
        assertThat(run.err()).doesNotContain("the microphone is shut");
    }

    @Test
    void noiseReductionIsAskedOfTheService() throws Exception {
        devices.withMicrophone().withSpeaker();
        keyboard.press('q', () -> true);

        run.run("talk", "--noise-reduction", "far_field", "--interruptions", "recoverable");

        assertThat(run.exitCode()).as(run.err()).isZero();
        RecordedSession session = server.takeSession();
        assertThat(session.sent().get(0).toString()).contains("far_field");
        assertThat(session.sent().get(1).toString()).contains("\"create_response\":false");
    }

    @Test
    void pushToTalkNeedsATerminal() {
        CommandLineRun piped = new CommandLineRun();
        piped.devices().withMicrophone().withSpeaker();

        piped.run("talk", "--ptt");

        assertThat(piped.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(piped.err())
                .contains("--ptt needs the space bar, and there is no terminal: leave it out, and the server's turn "
                        + "detection finds your turns");
    }

    @Test
    void devicesHaveTheirOwnTime() throws IOException {
        Path question = Files.write(directory.resolve("question.wav"), SpokenFile.of("Hello"));
        devices.withMicrophone().withSpeaker();
        for (List<String> live : List.of(List.of("--out", "answer.wav"), List.of("--in", question.toString()))) {
            run.run(("talk --fast " + String.join(" ", live)).split(" "));
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .endsWith(
                            "realtime: --fast is for files, devices have their own time: give --in FILE.wav and --out "
                                    + "FILE.wav\n");
        }
    }

    @Test
    void optionsThatContradictEachOtherAreWrongUsage() {
        assertThat(usage("--in", "x.wav", "--microphone", "y"))
                .contains("--in names a file and --microphone a microphone");
        assertThat(usage("--out", "x.wav", "--speaker", "y")).contains("--out names a file and --speaker a speaker");
        assertThat(usage("--in", "x.wav", "--ptt")).contains("--ptt is for a microphone");
    }

    @Test
    void noFileIsWrittenOverAnother() throws Exception {
        byte[] question = SpokenFile.of("Hello.");
        String in = Files.write(directory.resolve("in.wav"), question).toString();
        String out = directory.resolve("out.wav").toString();

        assertThat(usage("--in", in, "--out", in)).endsWith("realtime: --in and --out are the same file\n");
        assertThat(usage("--in", in, "--out", out, "--record", in))
                .endsWith("realtime: --in and --record are the same file\n");
        assertThat(usage("--in", in, "--out", out, "--record", directory + "/./out.wav"))
                .endsWith("realtime: --out and --record are the same file\n");
        assertThat(Files.readAllBytes(Path.of(in))).isEqualTo(question);
    }

    private static String usage(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "talk";
        System.arraycopy(options, 0, args, 1, options.length);
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        return run.err();
    }
}
