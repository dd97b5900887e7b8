package io.github.realtime4j.cli;

import io.github.realtime4j.Outcome;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.MalformedWavException;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.ConversationRecorder;
import io.github.realtime4j.cli.voice.FileMicrophone;
import io.github.realtime4j.cli.voice.Moment;
import io.github.realtime4j.cli.voice.VoiceConversation;
import io.github.realtime4j.cli.voice.VoiceSettings;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code realtime talk}. */
@Command(
        name = "talk",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "Say what is in a sound file, and record the answer as heard.",
        description = {
            "%nSends a WAV file as a microphone would, in real time; the server's turn detection finds the turns in it. "
                    + "Writes what the assistant said to --out as a listener would have heard it: it begins when it "
                    + "arrives, waits for what is playing, and is cut when the user interrupts. Both files begin at the "
                    + "same moment. Ends when the file is over and everything has been answered."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Examples:|@",
            "  realtime talk --in question.wav --out answer.wav",
            "  realtime talk --in question.wav --out answer.wav --fast --voice cedar",
            "  realtime talk --in call.wav --out answer.wav --format pcmu --record both.wav",
            "",
            "@|bold Exit codes:|@ 0 answered; 1 no speech in the file, or no answer; 2 wrong usage or unreadable file; "
                    + "3 cannot connect."
        })
final class TalkCommand implements Callable<Integer> {
    private static final double FAST = 10;

    private final Terminal terminal;

    @Option(names = "--in", paramLabel = "FILE", description = "What the user says: any WAV file.")
    private @Nullable String in;

    @Option(names = "--out", paramLabel = "FILE", description = "What the assistant says, as heard: 24 kHz, mono.")
    private @Nullable String out;

    @Option(names = "--record", paramLabel = "FILE", description = "Both sides: the user left, the assistant right.")
    private @Nullable Path record;

    @Option(
            names = "--fast",
            description = "Ten times as fast as real time; the file waits while the assistant answers.")
    private boolean fast;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            description = "Sound on the wire: pcm (24 kHz), pcmu or pcma (telephone); pcm unless given.")
    private AudioFormat format = AudioFormat.PCM16_24KHZ;

    @Option(names = "--chunk", paramLabel = "MS", description = "Milliseconds of sound in one event, 10 to 1000.")
    private int chunkMillis = 100;

    @Option(
            names = "--transcription-model",
            paramLabel = "NAME",
            description = "Writes down what the user says; off for nothing.")
    private String transcriptionModel = TranscriptionModel.GPT_4O_MINI_TRANSCRIBE.value();

    @ArgGroup(validate = false, heading = "%n@|bold Connection and session:|@%n")
    private ConversationOptions options = new ConversationOptions();

    TalkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path source = file(in, "mic", "--in");
        Path target = file(out, "speaker", "--out");
        if (chunkMillis < 10 || chunkMillis > 1_000) {
            throw CommandFailure.usage("--chunk is " + chunkMillis + ": expected 10 to 1000 milliseconds");
        }
        if (Files.exists(target) && Files.exists(source) && Files.isSameFile(source, target)) {
            throw CommandFailure.usage("--in and --out are the same file");
        }
        try (FileMicrophone microphone = open(source);
                EmbeddedServer server = EmbeddedServer.unlessElsewhere(terminal, options);
                Link link = Link.to(terminal, options, server.uri());
                WavWriter answer = WavWriter.create(target, ConversationClock.RATE, 1);
                ConversationRecorder recorder = record == null ? null : new ConversationRecorder(record)) {
            return converse(link, microphone, answer, recorder);
        }
    }

    private static Path file(@Nullable String name, String device, String option) {
        if (name == null || name.equals(device)) {
            throw CommandFailure.usage(
                    "this version talks with files, not with a " + device + ": give " + option + " FILE.wav");
        }
        return Path.of(name);
    }

    private static FileMicrophone open(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            throw CommandFailure.usage(source + " is a directory");
        }
        try {
            return new FileMicrophone(source);
        } catch (MalformedWavException e) {
            throw CommandFailure.usage(source + " cannot be used: " + e.getMessage(), e);
        }
    }

    private int converse(
            Link link, FileMicrophone microphone, WavWriter answer, @Nullable ConversationRecorder recorder)
            throws InterruptedException {
        RealtimeSession session = link.connect(link.client().newSession(config(), link.options()));
        Session inForce = session.settings();
        terminal.detail("session " + inForce.id() + " with " + SettingsInForce.model(inForce));
        ConversationClock clock = fast ? ConversationClock.faster(FAST) : ConversationClock.realTime();
        Story story = new Story();
        VoiceSettings settings = new VoiceSettings(
                microphone,
                SettingsInForce.inputFormat(inForce, format),
                SettingsInForce.outputFormat(inForce, format),
                chunkMillis,
                clock,
                fast,
                options.timeout(),
                recorder == null ? samples -> {} : recorder::user,
                samples -> {
                    write(answer, samples);
                    if (recorder != null) {
                        recorder.assistant(samples);
                    }
                });
        Narrator narrator = new Narrator(terminal, options.json());
        VoiceConversation conversation = new VoiceConversation(session, settings, story.andThen(narrator));
        StatusLine status = new StatusLine(terminal, conversation);
        TalkEnd end = new TalkEnd(microphone, conversation, fast, options.timeout());
        conversation.run(() -> {
            link.requireReader();
            status.show();
            microphone.waits(fast && conversation.isAssistantBusy());
            return end.isReached();
        });
        if (link.isBilled()) {
            terminal.detail(
                    "all of it: " + session.usage().totalTokens() + " tokens" + UsageText.cost(session.usage()));
        }
        return story.exitCode(String.valueOf(in), microphone.deliveredMillis());
    }

    private SessionConfig config() {
        SessionConfig.Builder config = options.spokenSession()
                .inputFormat(format)
                .outputFormat(format)
                .turnDetection(TurnDetection.serverVad());
        if (!transcriptionModel.equalsIgnoreCase("off")) {
            config.transcription(InputAudioTranscription.of(new TranscriptionModel(transcriptionModel)));
        }
        return config.build();
    }

    private static void write(WavWriter file, short[] samples) {
        try {
            file.write(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of it. */
    private static final class Story implements Consumer<Moment> {
        private boolean spoken;
        private boolean heard;
        private @Nullable Outcome last;

        @Override
        public void accept(Moment moment) {
            spoken |= moment instanceof Moment.UserStarted;
            heard |= moment instanceof Moment.AssistantStarted;
            if (moment instanceof Moment.ResponseDone done) {
                last = Outcome.of(done.response());
            }
        }

        int exitCode(String file, long millis) {
            if (!spoken) {
                throw CommandFailure.failed("the server heard no speech in the "
                        + String.format(Locale.ROOT, "%.1f s of ", millis / 1000.0) + file);
            }
            if (last instanceof Outcome.Failed || last instanceof Outcome.Incomplete) {
                throw CommandFailure.failed(AskCommand.ending(last));
            }
            if (!heard) {
                throw CommandFailure.failed("the server heard speech, but answered without any sound");
            }
            return ExitCode.SUCCESS;
        }
    }

    /** As one types them. */
    static final class FormatConverter implements ITypeConverter<AudioFormat> {
        @Override
        public AudioFormat convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "pcm", "pcm16", "audio/pcm" -> AudioFormat.PCM16_24KHZ;
                case "pcmu", "audio/pcmu", "g711_ulaw" -> AudioFormat.PCMU;
                case "pcma", "audio/pcma", "g711_alaw" -> AudioFormat.PCMA;
                default -> throw new TypeConversionException("expected pcm, pcmu or pcma but was '" + value + "'");
            };
        }
    }
}
