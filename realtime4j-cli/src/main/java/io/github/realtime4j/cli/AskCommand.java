package io.github.realtime4j.cli;

import io.github.realtime4j.CommandTimeoutException;
import io.github.realtime4j.ConnectionClosedException;
import io.github.realtime4j.Outcome;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.View;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.SessionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code realtime ask}. */
@Command(
        name = "ask",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "Ask one question and stream the written answer.",
        description = {
            "%nSends TEXT as one turn and writes the answer to stdout as it comes. Without TEXT, or with -, the question "
                    + "is read from stdin."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Examples:|@",
            "  realtime ask \"Why is the sky blue?\"",
            "  realtime ask --instructions \"Answer in one word.\" Is a tomato a fruit",
            "  git diff | realtime ask -v",
            "  realtime ask --json Hello > events.jsonl",
            "  realtime ask --base-url ws://127.0.0.1:8080/v1/realtime Hello",
            "",
            "@|bold Exit codes:|@ 0 answered; 1 no answer, or not all of it; 2 wrong usage; 3 cannot connect."
        })
final class AskCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final long started = System.nanoTime();

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The question; - for stdin.")
    private List<String> words = new ArrayList<>();

    @ArgGroup(validate = false, heading = "%n@|bold Connection and session:|@%n")
    private ConversationOptions options = new ConversationOptions();

    private boolean answered;
    private boolean openLine;

    AskCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String question = question();
        try (EmbeddedServer server = EmbeddedServer.unlessElsewhere(terminal, options);
                Link link = Link.to(terminal, options, server.uri())) {
            SessionConfig config =
                    options.session().outputModalities(Modality.TEXT).build();
            RealtimeSession session = link.connect(link.client().newSession(config, link.options()));
            terminal.status("● waiting for the answer");
            Outcome outcome = ask(link, session, question);
            UsageText.show(terminal, outcome.response().usage(), link.isBilled() ? session.usage() : null);
            return finish(outcome);
        }
    }

    private String question() throws IOException {
        Shell shell = terminal.shell();
        boolean fromStdin = words.isEmpty() || words.equals(List.of("-"));
        if (words.isEmpty() && shell.terminalIn()) {
            throw CommandFailure.usage("ask what? For instance: realtime ask \"Why is the sky blue?\"");
        }
        String question =
                fromStdin ? new String(shell.in().readAllBytes(), StandardCharsets.UTF_8) : String.join(" ", words);
        if (question.isBlank()) {
            throw CommandFailure.usage(fromStdin ? "stdin is empty: there is no question" : "the question is empty");
        }
        return question.strip();
    }

    private Outcome ask(Link link, RealtimeSession session, String question) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        // Not every server says what an error is about: whatever it is, there is no answer.
        session.on(
                ErrorEvent.class, told -> outcome.completeExceptionally(CommandFailure.failed(explain(told.error()))));
        var unused = session.items().create(Item.userText(question));
        ResponseHandle answer = session.respond();
        View<String> text = answer.text();
        try {
            long left = options.timeout().toNanos() - (System.nanoTime() - started);
            outcome.orTimeout(left, TimeUnit.NANOSECONDS).whenComplete((done, problem) -> text.close());
            for (String piece : text) {
                link.requireReader();
                write(piece);
            }
            answer.done().thenAccept(outcome::complete);
            return Link.await(outcome);
        } catch (TimeoutException | CommandTimeoutException e) {
            throw CommandFailure.failed(
                    "no answer within " + Durations.text(options.timeout())
                            + "; --timeout makes this command wait longer",
                    e);
        } catch (ConnectionClosedException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        } finally {
            endLine();
        }
    }

    private void write(String text) {
        if (!answered) {
            terminal.detail(String.format(Locale.ROOT, "first text after %.3f s", (System.nanoTime() - started) / 1e9));
        }
        answered = true;
        if (!options.json()) {
            terminal.data(text);
            openLine = !text.endsWith("\n");
        }
    }

    private void endLine() {
        if (openLine) {
            openLine = false;
            terminal.data("\n");
        }
    }

    private int finish(Outcome outcome) {
        if (!(outcome instanceof Outcome.Completed)) {
            throw CommandFailure.failed(ending(outcome));
        } else if (!answered && outcome.text().isBlank()) {
            throw CommandFailure.failed("the server completed the response without any text");
        }
        return ExitCode.SUCCESS;
    }

    /** Why a response has not been completed. */
    static String ending(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            ErrorDetail error = failed.error();
            return "the response failed" + (error == null ? "" : ": " + explain(error));
        } else if (outcome instanceof Outcome.Incomplete incomplete) {
            return "the answer was cut short: " + incomplete.reason();
        } else if (outcome instanceof Outcome.Cancelled cancelled) {
            return "the answer was cancelled: " + cancelled.reason();
        }
        return "the answer is complete";
    }

    static String explain(ErrorDetail error) {
        String message = error.message() == null ? String.valueOf(error.type()) : error.message();
        String code = error.code() == null ? "" : " (" + error.code() + ")";
        return message + code;
    }
}
