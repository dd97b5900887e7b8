package io.github.realtime4j.cli;

import io.github.realtime4j.Outcome;
import io.github.realtime4j.cli.Terminal.Style;
import io.github.realtime4j.cli.voice.Moment;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tells a conversation on the terminal while it happens. With raw events on stdout the story goes to stderr. Confined to
 * one thread.
 */
final class Narrator implements Consumer<Moment> {
    private final Terminal terminal;
    private final boolean toStderr;

    Narrator(Terminal terminal, boolean toStderr) {
        this.terminal = terminal;
        this.toStderr = toStderr;
    }

    @Override
    public void accept(Moment moment) {
        if (moment instanceof Moment.UserStarted) {
            tell(moment.at(), Style.CYAN, "user", faint("speaks"));
        } else if (moment instanceof Moment.UserStopped stopped) {
            tell(
                    moment.at(),
                    Style.CYAN,
                    "user",
                    faint("stops, after " + Durations.seconds(stopped.to() - stopped.from())));
        } else if (moment instanceof Moment.UserSaid said) {
            tell(moment.at(), Style.CYAN, "user", "“" + said.transcript() + "”");
        } else if (moment instanceof Moment.AssistantStarted) {
            tell(moment.at(), Style.MAGENTA, "assistant", faint("speaks"));
        } else if (moment instanceof Moment.AssistantFinished finished) {
            tell(moment.at(), Style.MAGENTA, "assistant", "“" + finished.transcript() + "”");
        } else if (moment instanceof Moment.Interrupted cut) {
            interrupted(cut);
        } else if (moment instanceof Moment.Resumed) {
            tell(moment.at(), Style.MAGENTA, "assistant", faint("goes on: that was no interruption"));
        } else if (moment instanceof Moment.NoiseIgnored) {
            tell(moment.at(), Style.CYAN, "user", faint("said nothing: that was a noise"));
        } else {
            acceptServer(moment);
        }
    }

    private void acceptServer(Moment moment) {
        if (moment instanceof Moment.ToolCalled called) {
            tell(
                    moment.at(),
                    Style.YELLOW,
                    "function",
                    "calls " + called.name() + "(" + called.arguments().strip() + ")");
        } else if (moment instanceof Moment.ToolAnswered answered) {
            tell(moment.at(), Style.YELLOW, "function", "returns " + answered.output());
        } else if (moment instanceof Moment.ResponseDone done) {
            done(done);
        } else if (moment instanceof Moment.Refused refused) {
            tell(moment.at(), Style.RED, "error", AskCommand.explain(refused.error()));
        }
    }

    private void interrupted(Moment.Interrupted cut) {
        tell(cut.at(), Style.MAGENTA, "assistant", "“" + cut.heardText() + "…”");
        if (!cut.unheardText().isEmpty()) {
            tell(cut.at(), Style.DIM, "not heard", style(Style.STRUCK, faint("“" + cut.unheardText() + "”")));
        }
        tell(
                cut.at(),
                Style.RED,
                "interrupted",
                String.format(
                        Locale.ROOT,
                        "heard %.1f of %.1f s; the server is told so",
                        cut.heardMillis() / 1000.0,
                        cut.receivedMillis() / 1000.0));
    }

    private void done(Moment.ResponseDone done) {
        var usage = done.response().usage();
        if (usage != null) {
            String status = done.response().status() == null
                    ? ""
                    : done.response().status().value() + ", ";
            tell(done.at(), Style.DIM, "usage", faint(status + UsageText.of(usage)));
        }
        if (Outcome.of(done.response()) instanceof Outcome.Failed failed) {
            tell(done.at(), Style.RED, "error", AskCommand.ending(failed));
        }
    }

    /** Something about the devices. */
    void device(long at, String what) {
        tell(at, Style.YELLOW, "device", what);
    }

    private void tell(long at, Style style, String who, String what) {
        String time = String.format(Locale.ROOT, "%5.1f s", at / 1000.0);
        line(faint(time) + "  " + style(style, String.format(Locale.ROOT, "%-11s", who)) + " " + what);
    }

    /** One line of the story. */
    void line(String text) {
        if (toStderr) {
            terminal.say(text);
        } else {
            terminal.line(text);
        }
    }

    String style(Style style, String text) {
        return toStderr ? terminal.err(style, text) : terminal.out(style, text);
    }

    private String faint(String text) {
        return style(Style.DIM, text);
    }
}
