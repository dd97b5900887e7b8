package io.github.realtime4j.cli;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.cli.Terminal.Style;
import io.github.realtime4j.cli.demo.DemoAssistant;
import io.github.realtime4j.cli.demo.DemoScript;
import io.github.realtime4j.cli.demo.ScriptedUser;
import io.github.realtime4j.cli.demo.Weather;
import io.github.realtime4j.cli.report.Dialogue;
import io.github.realtime4j.cli.report.Report;
import io.github.realtime4j.cli.report.Timeline;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.Moment;
import io.github.realtime4j.cli.voice.SpokenConversation;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.usage.SessionUsage;
import io.github.realtime4j.voice.ClockedSink;
import io.github.realtime4j.voice.Voice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code realtime demo}. */
@Command(
        name = "demo",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "A whole spoken conversation, without a key.",
        description = {
            "%nA scripted user with a synthesised voice talks with an embedded server over a real socket, in real time: "
                    + "turn detection, a function call that runs in Java, and an interruption in mid-sentence. Takes "
                    + "about half a minute and writes to --out:",
            "",
            "  conversation.wav   both sides: the user left, the assistant as heard right",
            "  report.html        sound, events, dialogue and usage on one page"
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "The key and the URL of the environment are not used: the demo costs nothing. With --api-key or --base-url "
                    + "the scripted user talks with that server instead.",
            "",
            "@|bold Examples:|@",
            "  realtime demo",
            "  realtime demo --out demo && xdg-open demo/report.html",
            "  realtime demo --json | realtime inspect -",
            "",
            "@|bold Exit codes:|@ 0 if all three turns, the function call and the interruption happened; 1 otherwise; "
                    + "2 wrong usage; 3 cannot connect."
        })
final class DemoCommand implements Callable<Integer> {
    /** How much a loudspeaker in arithmetic takes in advance. */
    private static final Duration BUFFER = Duration.ofMillis(500);

    private final Terminal terminal;

    /** How many times as fast as real time. */
    private final int speed;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write to; out unless given.")
    private Path out = Path.of("out");

    @ArgGroup(validate = false, heading = "%n@|bold Connection and session:|@%n")
    private ConversationOptions options = new ConversationOptions();

    DemoCommand(Terminal terminal, int speed) {
        this.terminal = terminal;
        this.speed = speed;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(out);
        terminal.status("● preparing the voices");
        FreeTtsSynthesizer synthesizer = FreeTtsSynthesizer.shared();
        ConversationClock clock = ConversationClock.faster(speed);
        DemoScript script = new DemoScript(synthesizer, clock);
        try (RealtimeServer server = options.isGiven() ? null : server(synthesizer)) {
            return converse(script, clock, server == null ? null : server.uri());
        }
    }

    private RealtimeServer server(FreeTtsSynthesizer synthesizer) {
        ScriptedTranscriber transcriber = new ScriptedTranscriber();
        DemoScript.LINES.forEach(transcriber::enqueue);
        return RealtimeServer.builder()
                .anyModel()
                .dialect(options.dialect())
                .responder(new DemoAssistant())
                .transcriber(transcriber)
                .synthesizer(synthesizer)
                .pacing(speed > 1 ? Pacing.NONE : Pacing.SERVICE)
                .start();
    }

    private int converse(DemoScript script, ConversationClock clock, @Nullable URI server)
            throws IOException, InterruptedException {
        Narrator narrator = new Narrator(terminal, options.json());
        Dialogue dialogue = new Dialogue();
        Timeline timeline = new Timeline(clock::millis);
        String started = ZonedDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH));
        Path sound = out.resolve("conversation.wav");
        Report.Facts facts;
        SessionUsage usage;
        try (Link link = Link.to(terminal, options, server)) {
            RealtimeSession session = link.client().newSession(config(), link.options(timeline));
            session.onCall(Weather.TOOL, Weather::in);
            Session inForce = link.connect(session).settings();
            facts = facts(link, inForce, started);
            narrator.line(narrator.style(Style.BOLD, "A spoken conversation") + " with " + facts.address() + ", "
                    + facts.model() + ", voice " + facts.voice());
            Consumer<Moment> listeners = narrator;
            listeners = listeners.andThen(dialogue).andThen(script);
            try (SpokenConversation conversation =
                    new SpokenConversation(session, clock, options.timeout(), listeners)) {
                StatusLine status = new StatusLine(terminal, conversation);
                conversation.start(Voice.attach(session)
                        .source(script.user())
                        .sink(new ClockedSink(ScriptedUser.RATE, BUFFER, clock, heard -> {}))
                        .record(sound));
                conversation.run(() -> {
                    link.requireReader();
                    status.show();
                    return script.step(conversation);
                });
            }
            usage = session.usage();
        }
        terminal.status("● writing the report");
        Path page = out.resolve("report.html");
        Report.write(page, facts, dialogue, timeline, Wav.read(sound));
        return conclude(script, dialogue, narrator, usage, sound, page);
    }

    private SessionConfig config() {
        return options.spokenSession()
                .transcription(InputAudioTranscription.of(TranscriptionModel.GPT_4O_MINI_TRANSCRIBE))
                .turnDetection(TurnDetection.serverVad())
                .build();
    }

    private Report.Facts facts(Link link, Session session, String started) {
        String address = options.isGiven()
                ? link.address()
                : "an embedded server on " + link.address().replaceAll("[?].*", "");
        return new Report.Facts(
                "A spoken conversation",
                address,
                SettingsInForce.model(session),
                SettingsInForce.voice(session),
                started);
    }

    private int conclude(
            DemoScript script, Dialogue dialogue, Narrator narrator, SessionUsage usage, Path sound, Path page) {
        int turns = dialogue.turns(Dialogue.Speaker.USER).size();
        long calls =
                dialogue.calls().stream().filter(call -> call.output() != null).count();
        narrator.line("");
        narrator.line(String.format(
                Locale.ROOT,
                "%d user turns, %d function call%s, %s; %,d tokens",
                turns,
                calls,
                calls == 1 ? "" : "s",
                dialogue.hasInterruption() ? "an interruption" : "no interruption",
                usage.input().total() + usage.output().total()));
        narrator.line(narrator.style(Style.BOLD, sound.toString()) + "  the user left, the assistant as heard right");
        narrator.line(narrator.style(Style.BOLD, page.toString()) + "  open it in a browser");
        if (turns >= DemoScript.LINES.size() && calls > 0 && script.isPlayed()) {
            return ExitCode.SUCCESS;
        }
        throw CommandFailure.failed("the conversation did not go as it should: expected three user turns, a function "
                + "call and an interruption; " + page + " shows what happened");
    }
}
