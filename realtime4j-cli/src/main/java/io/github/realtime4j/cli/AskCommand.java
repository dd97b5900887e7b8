package io.github.realtime4j.cli;

import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.StatusDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    private ConnectionOptions options = new ConnectionOptions();

    private boolean answered;
    private boolean openLine;

    AskCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String question = question();
        long deadline = System.nanoTime() + options.timeout().toNanos();
        try (EmbeddedServer server = EmbeddedServer.unlessElsewhere(terminal, options);
                Link link = Link.open(terminal, options, server.uri(), null)) {
            RealtimeConnection connection = link.connection();
            // One after the other without waiting: the server works them off in order, and tells if one is wrong.
            connection.send(new ClientEvent.SessionUpdate(
                    options.session().outputModalities(Modality.TEXT).build()));
            connection.send(new ClientEvent.ConversationItemCreate(Item.userText(question)));
            connection.send(new ClientEvent.ResponseCreate());
            terminal.status("● waiting for the answer");
            while (true) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                Optional<ServerEvent> event = left.isNegative() ? Optional.empty() : connection.receive(left);
                link.requireReader();
                if (event.isEmpty()) {
                    throw failure("no answer within " + options.timeout().toSeconds()
                            + " s; --timeout makes this command wait longer");
                }
                if (event.get() instanceof ResponseEvent.Done done) {
                    return finish(done.response());
                }
                show(event.get());
            }
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

    private void show(ServerEvent event) {
        if (event instanceof ResponseEvent.OutputTextDelta delta) {
            write(delta.delta());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            // A server that speaks although it was asked to write.
            write(delta.delta());
        } else if (event instanceof ErrorEvent error) {
            throw failure(explain(error.error()));
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

    private int finish(Response response) {
        endLine();
        UsageText.show(terminal, response.usage());
        if (Response.Status.COMPLETED.equals(response.status())) {
            if (!answered && response.text().isBlank()) {
                throw failure("the server completed the response without any text");
            }
            return ExitCode.SUCCESS;
        }
        throw failure(ending(response));
    }

    static String ending(Response response) {
        StatusDetails details = response.statusDetails();
        if (details instanceof StatusDetails.Failed failed && failed.error() != null) {
            return "the response failed: " + explain(failed.error());
        } else if (details instanceof StatusDetails.Incomplete incomplete) {
            return "the answer was cut short: " + incomplete.reason();
        } else if (details instanceof StatusDetails.Cancelled cancelled) {
            return "the answer was cancelled: " + cancelled.reason();
        }
        return "the response ended "
                + (response.status() == null
                        ? "without a status"
                        : response.status().value());
    }

    static String explain(ErrorDetail error) {
        String message = error.message() == null ? String.valueOf(error.type()) : error.message();
        String code = error.code() == null ? "" : " (" + error.code() + ")";
        return message + code;
    }

    private CommandFailure failure(String message) {
        endLine();
        return CommandFailure.failed(message);
    }

    private void endLine() {
        if (openLine) {
            openLine = false;
            terminal.data("\n");
        }
    }
}
