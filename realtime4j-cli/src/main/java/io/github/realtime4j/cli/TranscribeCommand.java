package io.github.realtime4j.cli;

import io.github.realtime4j.TranscriptionSession;
import io.github.realtime4j.audio.MalformedWavException;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realtime transcribe}. */
@Command(
        name = "transcribe",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "Write down what is said in a sound file.",
        description = {
            "%nSends a WAV file to a transcription session, as fast as the network takes it; the server's turn "
                    + "detection finds the turns in it. Writes one line per turn to stdout, in the order in which they "
                    + "were said; on a terminal the words can be seen as they come. Ends when every turn is written."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Examples:|@",
            "  realtime transcribe interview.wav > interview.txt",
            "  realtime transcribe --language de --model gpt-4o-transcribe diktat.wav",
            "  ffmpeg -v error -i talk.mp3 -f wav - | realtime transcribe -v -",
            "  realtime transcribe --json call.wav | realtime inspect -",
            "",
            "@|bold Exit codes:|@ 0 everything is written down; 1 no speech in the file, or a turn is lost; 2 wrong usage "
                    + "or unreadable file; 3 cannot connect."
        })
final class TranscribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What was said: any WAV file; - for stdin.")
    private @Nullable String file;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Who writes: gpt-4o-transcribe, whisper-1, gpt-realtime-whisper, ...; gpt-4o-mini-transcribe "
                    + "unless given.")
    private String model = TranscriptionModel.GPT_4O_MINI_TRANSCRIBE.value();

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "What is spoken, such as en or de: better and faster when known.")
    private @Nullable String language;

    @ArgGroup(validate = false, heading = "%n@|bold Connection:|@%n")
    private ConnectionOptions options = new ConnectionOptions();

    TranscribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (file == null) {
            throw CommandFailure.usage("transcribe what? For instance: realtime transcribe interview.wav");
        }
        String name = file.equals("-") ? "stdin" : file;
        try (WavReader sound = open(file, name);
                EmbeddedServer server = EmbeddedServer.unlessElsewhere(terminal, options);
                Link link = Link.to(terminal, options, server.uri())) {
            if (server.uri() != null) {
                terminal.say(terminal.err(
                        Terminal.Style.DIM, "it makes out no words, and writes down for how long somebody spoke"));
            }
            TranscriptionSession session = link.client().transcribe(config(), link.options());
            FileTranscription transcription = new FileTranscription(terminal, options, name, sound, session);
            link.connect(session.session(), link.client().endpoint().transcription());
            transcription.run(link);
            return transcription.exitCode(link.isBilled());
        }
    }

    private WavReader open(String source, String name) throws IOException {
        if (Files.isDirectory(Path.of(source))) {
            throw CommandFailure.usage(name + " is a directory");
        }
        try {
            return source.equals("-") ? WavReader.open(terminal.shell().in()) : WavReader.open(Path.of(source));
        } catch (MalformedWavException e) {
            throw CommandFailure.usage(name + " cannot be used: " + e.getMessage(), e);
        }
    }

    private SessionConfig config() {
        TranscriptionModel writer = new TranscriptionModel(model);
        InputAudioTranscription transcription = InputAudioTranscription.of(writer);
        // This model knows no turns: the whole file is one.
        boolean oneTurn = writer.equals(TranscriptionModel.GPT_REALTIME_WHISPER);
        return SessionConfig.transcription()
                .inputFormat(FileTranscription.FORMAT)
                .transcription(language == null ? transcription : transcription.language(language))
                .turnDetection(oneTurn ? TurnDetection.OFF : TurnDetection.serverVad())
                .build();
    }
}
