package io.github.realtime4j.cli;

import io.github.realtime4j.ConnectRefusedException;
import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.cli.voice.ConversationBrokenException;
import io.github.realtime4j.voice.device.AudioDeviceException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, put together, and how each kind of failure ends. */
final class CommandTree {
    private CommandTree() {}

    /** Only what these arguments need is loaded: reading every command's options would take longer than to connect. */
    static CommandLine of(Terminal terminal, String... args) {
        CommandLine tree = new CommandLine(new RealtimeCommand(terminal));
        Map<String, Supplier<Object>> commands = commands(terminal);
        String wanted = args.length == 0 ? "" : args[0];
        if (commands.containsKey(wanted)) {
            tree.addSubcommand(wanted, command(commands, wanted));
        } else {
            commands.keySet().forEach(name -> tree.addSubcommand(name, command(commands, name)));
            tree.addSubcommand("help", new CommandLine.HelpCommand());
        }
        tree.registerConverter(Duration.class, Durations::parse);
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.setUsageHelpAutoWidth(false).setUsageHelpWidth(Math.max(60, Math.min(120, terminal.width())));
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(RealtimeCommand.ansi(terminal, args)));
        tree.setOut(writer(terminal.shell().out()));
        tree.setErr(writer(terminal.shell().err()));
        tree.setParameterExceptionHandler((problem, rest) -> misused(terminal, problem));
        tree.setExecutionExceptionHandler((problem, command, parsed) -> failed(terminal, problem));
        return tree;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(terminal, 1));
        commands.put("ask", () -> new AskCommand(terminal));
        commands.put("talk", () -> new TalkCommand(terminal));
        commands.put("transcribe", () -> new TranscribeCommand(terminal));
        commands.put("devices", () -> new DevicesCommand(terminal));
        commands.put("serve", () -> new ServeCommand(terminal));
        commands.put("inspect", () -> new InspectCommand(terminal));
        return commands;
    }

    private static Object command(Map<String, Supplier<Object>> commands, String name) {
        Supplier<Object> supplier = commands.get(name);
        if (supplier == null) {
            throw new IllegalArgumentException(name);
        }
        return supplier.get();
    }

    private static int misused(Terminal terminal, ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        boolean root = command.getParent() == null;
        if (root && String.valueOf(problem.getMessage()).startsWith("Missing required subcommand")) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        String message = String.valueOf(problem.getMessage()).replace('\n', ' ');
        if (root && problem instanceof UnmatchedArgumentException unmatched) {
            message = "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        terminal.say(terminal.err(Terminal.Style.RED, name + ": ") + message);
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                // The most similar one comes first.
                terminal.say("Did you mean: " + suggestions.get(0) + "?");
            }
        }
        terminal.say("'" + (root ? "realtime --help" : "realtime help " + command.getCommandName()) + "' tells more.");
        return ExitCode.USAGE;
    }

    /** One line that says what happened and what to do. */
    static int failed(Terminal terminal, Exception problem) {
        if (problem instanceof OutputClosedException) {
            return ExitCode.SUCCESS;
        }
        if (problem instanceof InterruptedException) {
            terminal.say("interrupted");
            return ExitCode.INTERRUPTED;
        }
        terminal.say(terminal.err(Terminal.Style.RED, "realtime: ") + oneLine(message(problem)));
        if (terminal.isVerbose()) {
            problem.printStackTrace(terminal.shell().err());
        }
        return exitCode(problem);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    private static int exitCode(Exception problem) {
        if (problem instanceof UncheckedIOException && problem.getCause() instanceof IOException cause) {
            return exitCode(cause);
        }
        if (problem instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        if (problem instanceof ConnectRefusedException) {
            return ExitCode.NO_CONNECTION;
        }
        return problem instanceof FileSystemException || problem instanceof AudioDeviceException
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    private static String message(Exception problem) {
        if (problem instanceof UncheckedIOException && problem.getCause() instanceof IOException cause) {
            return message(cause);
        }
        String message = String.valueOf(problem.getMessage());
        if (problem instanceof NoSuchFileException) {
            return "there is no file or directory " + message;
        } else if (problem instanceof AccessDeniedException) {
            return "no permission for " + message;
        } else if (problem instanceof FileAlreadyExistsException) {
            return message + " is in the way: it exists and is not a directory";
        } else if (problem instanceof CommandFailure
                || problem instanceof RealtimeException
                || problem instanceof ConversationBrokenException
                || problem instanceof IOException) {
            return message;
        }
        return "this is a bug, please report it with the output of --verbose: "
                + problem.getClass().getSimpleName() + ": " + message;
    }
}
