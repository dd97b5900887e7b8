package io.github.realtime4j.cli;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.cli.Keyboard.Keys;
import io.github.realtime4j.cli.Terminal.Style;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.RecordedUser;
import io.github.realtime4j.cli.voice.SpokenConversation;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.NoiseReduction;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.voice.Interruptions;
import io.github.realtime4j.voice.Voice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
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
        header = "Talk with a model: microphone and speaker, or sound files.",
        description = {
            "%nWhat the microphone hears goes to the model, what the model says comes from the speaker, and who speaks "
                    + "first is heard: the server's turn detection finds the turns. With --in a WAV file is sent as a "
                    + "microphone would, with --out the answers are written as a listener would have heard them. Two "
                    + "files begin at the same moment. A talk with a file ends when the file is over and everything has "
                    + "been answered, one with a microphone when q is pressed.",
            "",
            "Where the microphone hears the speaker it is shut while the assistant speaks; with --headphones it stays "
                    + "open, and you can interrupt by voice. Without a sound device a synthesised user asks one "
                    + "question, and talk.wav is written."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Keys on a terminal:|@ m mutes, q quits; with --ptt space, held or tapped before and after.",
            "",
            "@|bold Examples:|@",
            "  realtime talk",
            "  realtime talk --headphones --microphone headset --speaker headset",
            "  realtime talk --ptt --record both.wav",
            "  realtime talk --in question.wav --out answer.wav --fast",
            "  realtime talk --in call.wav --out answer.wav --format pcmu",
            "",
            "@|bold Exit codes:|@ 0 answered, or ended by q; 1 no speech in the file, no answer, or the conversation "
                    + "broke; 2 wrong usage, unreadable file, or no such device; 3 cannot connect."
        })
final class TalkCommand implements Callable<Integer> {
    private static final int FAST = 10;
    private static final String MICROPHONE = "mic";
    private static final String SPEAKER = "speaker";

    private final Terminal terminal;

    @Option(
            names = "--in",
            paramLabel = "mic|FILE",
            description = "What the user says: the microphone, or any WAV file.")
    private @Nullable String in;

    @Option(
            names = "--out",
            paramLabel = "speaker|FILE",
            description = "What the assistant says, as heard: the speaker, or a WAV file of 24 kHz, mono.")
    private @Nullable String out;

    @Option(names = "--record", paramLabel = "FILE", description = "Both sides: the user left, the assistant right.")
    private @Nullable Path record;

    @Option(
            names = "--microphone",
            paramLabel = "NAME",
            description = "Which one: a part of a name that 'realtime devices' lists.")
    private @Nullable String microphone;

    @Option(names = "--speaker", paramLabel = "NAME", description = "Which one, in the same way.")
    private @Nullable String speaker;

    @Option(
            names = "--headphones",
            description = "The microphone does not hear the speaker: interrupt by voice, at once.")
    private boolean headphones;

    @Option(names = "--ptt", description = "Push-to-talk: heard only while space is pressed; no turn detection.")
    private boolean pushToTalk;

    @Option(
            names = "--interruptions",
            paramLabel = "HOW",
            description = "immediate: what the server takes for speech interrupts; sustained: 200 ms of sound do; "
                    + "recoverable: silent at once, and goes on if it was nothing. immediate unless given.")
    private Interrupting interruptions = Interrupting.IMMEDIATE;

    @Option(
            names = "--noise-reduction",
            paramLabel = "WHERE",
            description = "The service's, for a microphone that is near_field (headset) or far_field (laptop, room).")
    private @Nullable Field noiseReduction;

    @Option(
            names = "--fast",
            description =
                    "Ten times as fast as real time; the file waits while the assistant answers. Without devices only.")
    private boolean fast;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            description = "Sound on the wire: pcm (24 kHz), pcmu or pcma (telephone); pcm unless given.")
    private AudioFormat format = AudioFormat.PCM16_24KHZ;

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

    /** When the user interrupts the assistant. */
    enum Interrupting {
        IMMEDIATE,
        SUSTAINED,
        RECOVERABLE;

        Interruptions policy() {
            return switch (this) {
                case IMMEDIATE -> Interruptions.IMMEDIATE;
                case SUSTAINED -> Interruptions.sustained(Duration.ofMillis(200));
                case RECOVERABLE -> Interruptions.recoverable();
            };
        }
    }

    /** How far the microphone is from the mouth. */
    enum Field {
        NEAR_FIELD,
        FAR_FIELD;

        NoiseReduction preset() {
            return this == NEAR_FIELD ? NoiseReduction.NEAR_FIELD : NoiseReduction.FAR_FIELD;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSense();
        ConversationClock clock = fast ? ConversationClock.faster(FAST) : ConversationClock.realTime();
        try (TalkSound sound = open(clock);
                EmbeddedServer server = sound.isSynthesised()
                        ? EmbeddedServer.unlessElsewhere(terminal, options, TalkSound.QUESTION)
                        : EmbeddedServer.unlessElsewhere(terminal, options);
                Link link = Link.to(terminal, options, server.uri())) {
            return converse(link, sound, clock);
        }
    }

    /** Null if it is not a file that is named. */
    private static @Nullable Path file(@Nullable String name, String device) {
        return name == null || name.equals(device) ? null : Path.of(name);
    }

    private void requireSense() throws IOException {
        Path source = file(in, MICROPHONE);
        Path target = file(out, SPEAKER);
        if (source != null && microphone != null) {
            throw CommandFailure.usage("--in names a file and --microphone a microphone: give one of them");
        } else if (target != null && speaker != null) {
            throw CommandFailure.usage("--out names a file and --speaker a speaker: give one of them");
        } else if (pushToTalk && source != null) {
            throw CommandFailure.usage("--ptt is for a microphone: the turns in a file are found by the server");
        } else if (pushToTalk && !hasKeys()) {
            throw CommandFailure.usage("--ptt needs the space bar, and there is no terminal: leave it out, and the "
                    + "server's turn detection finds your turns");
        }
        requireDistinct("--in", source, "--out", target);
        requireDistinct("--in", source, "--record", record);
        requireDistinct("--out", target, "--record", record);
    }

    /** What is written would destroy the other one. */
    private static void requireDistinct(String name, @Nullable Path one, String otherName, @Nullable Path other)
            throws IOException {
        if (TalkSound.isSame(one, other)) {
            throw CommandFailure.usage(name + " and " + otherName + " are the same file");
        }
    }

    /** Keys are pressed on a terminal, and what they do is seen on one. */
    private boolean hasKeys() {
        return terminal.shell().terminalIn() && terminal.shell().terminalErr();
    }

    private TalkSound open(ConversationClock clock) throws IOException {
        TalkSound sound = new TalkSound(terminal, clock);
        try {
            openUser(sound);
            openAssistant(sound);
        } catch (IOException | RuntimeException e) {
            sound.close();
            throw e;
        }
        return sound;
    }

    private void openUser(TalkSound sound) throws IOException {
        Path source = file(in, MICROPHONE);
        if (source != null) {
            sound.file(source);
        } else if (in != null || microphone != null || pushToTalk) {
            sound.microphone(microphone);
        } else {
            sound.microphoneOrQuestion();
        }
        requireTime(sound);
    }

    private void openAssistant(TalkSound sound) throws IOException {
        Path target = file(out, SPEAKER);
        if (target != null) {
            sound.toFile(target);
        } else if (out != null || speaker != null) {
            sound.speaker(speaker);
        } else {
            sound.speakerOrFile(record);
        }
        requireTime(sound);
    }

    private void requireTime(TalkSound sound) {
        if (fast && sound.isLive()) {
            throw CommandFailure.usage(
                    "--fast is for files, devices have their own time: give --in FILE.wav and --out FILE.wav");
        }
    }

    private int converse(Link link, TalkSound sound, ConversationClock clock) throws IOException, InterruptedException {
        RealtimeSession session = link.connect(link.client().newSession(config(), link.options()));
        Session inForce = session.settings();
        terminal.detail("session " + inForce.id() + " with " + SettingsInForce.model(inForce));
        TalkStory story = new TalkStory();
        Narrator narrator = new Narrator(terminal, options.json());
        boolean quit;
        try (SpokenConversation conversation =
                        new SpokenConversation(session, clock, options.timeout(), story.andThen(narrator));
                Keys keys = sound.isLive() && hasKeys() ? keys() : null) {
            TalkKeys hands = new TalkKeys(keys, conversation, pushToTalk);
            sound.openDevices();
            greet(sound, keys == null ? null : hands);
            conversation.start(voice(session, sound));
            TalkEnd end = sound.recorded() == null
                    ? null
                    : new TalkEnd(sound.recorded(), conversation, fast ? clock : null, options.timeout());
            quit = talk(link, sound, conversation, end, hands, narrator);
        }
        if (link.isBilled()) {
            terminal.detail(
                    "all of it: " + session.usage().totalTokens() + " tokens" + UsageText.cost(session.usage()));
        }
        RecordedUser user = sound.recorded();
        return quit || user == null
                ? ExitCode.SUCCESS
                : story.exitCode(in == null ? "its question" : in, user.spokenMillis());
    }

    /** Null where they cannot be read, and are not needed. */
    private @Nullable Keys keys() {
        try {
            return terminal.shell().keyboard().open();
        } catch (IOException e) {
            if (pushToTalk) {
                throw CommandFailure.usage(
                        "--ptt needs the space bar, and keys cannot be read here: " + e.getMessage(), e);
            }
            terminal.say("keys cannot be read here, so only Ctrl-C ends this: " + e.getMessage());
            return null;
        }
    }

    private void greet(TalkSound sound, @Nullable TalkKeys hands) {
        if (isGated(sound)) {
            terminal.say(
                    terminal.err(
                            Style.DIM,
                            "the microphone is shut while the assistant speaks; with headphones on, --headphones lets you interrupt"));
        }
        if (hands != null) {
            terminal.say(terminal.err(Style.DIM, hands.hint()));
        }
    }

    private Voice.Builder voice(RealtimeSession session, TalkSound sound) {
        Voice.Builder voice =
                Voice.attach(session).source(sound.source()).sink(sound.sink()).interruptions(policy());
        if (!isGated(sound)) {
            voice.headphones();
        }
        return record == null ? voice : voice.record(record);
    }

    /** A microphone that hears nobody but the user need not wait for the server to hear him. */
    private Interruptions policy() {
        return headphones ? interruptions.policy().anticipating() : interruptions.policy();
    }

    /** With a key nothing is sent that an echo could be in. */
    private boolean isGated(TalkSound sound) {
        return sound.echoes() && !headphones && !pushToTalk;
    }

    /** Returns whether the user has quit. */
    private boolean talk(
            Link link,
            TalkSound sound,
            SpokenConversation conversation,
            @Nullable TalkEnd end,
            TalkKeys hands,
            Narrator narrator)
            throws InterruptedException {
        StatusLine status = new StatusLine(terminal, conversation, hands::doing);
        conversation.run(() -> {
            link.requireReader();
            for (String news = sound.news(); news != null; news = sound.news()) {
                narrator.device(conversation.millis(), news);
            }
            hands.step();
            status.show();
            return hands.isQuit() || (end != null && end.isReached());
        });
        return hands.isQuit();
    }

    private SessionConfig config() {
        SessionConfig.Builder config = options.spokenSession()
                .inputFormat(format)
                .outputFormat(format)
                .turnDetection(pushToTalk ? TurnDetection.OFF : TurnDetection.serverVad());
        if (noiseReduction != null) {
            config.noiseReduction(noiseReduction.preset());
        }
        if (!transcriptionModel.equalsIgnoreCase("off")) {
            config.transcription(InputAudioTranscription.of(new TranscriptionModel(transcriptionModel)));
        }
        return config.build();
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
