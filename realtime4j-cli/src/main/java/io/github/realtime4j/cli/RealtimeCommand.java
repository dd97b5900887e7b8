package io.github.realtime4j.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** {@code realtime} itself: help, version, and what all commands have. */
@Command(
        name = "realtime",
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Talk with OpenAI Realtime models, with and without a key.",
        description = {
            "%nWithout a key and without a URL every command talks to an embedded server in this process, so all of "
                    + "this works right now:",
            "",
            "  realtime demo                         @|faint a spoken conversation, and a report|@",
            "  realtime ask \"What is 17 times 23?\"   @|faint one question, one written answer|@",
            "  realtime talk                         @|faint a spoken conversation with you|@",
            "  realtime transcribe interview.wav     @|faint one line per turn|@",
            "  realtime serve --port 8080            @|faint a server for other clients|@",
            "  realtime ask Hello --json | realtime inspect -",
            "",
            "With a key the same commands talk to api.openai.com:",
            "",
            "  export OPENAI_API_KEY=...",
            "  realtime ask \"Why is the sky blue?\" --model gpt-realtime-2.1"
        },
        commandListHeading = "%n@|bold Commands:|@%n",
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Environment:|@",
            "  OPENAI_API_KEY    the key; better than --api-key, which others can see",
            "  OPENAI_BASE_URL   where to connect to, as --base-url",
            "  NO_COLOR          no colours",
            "",
            "@|bold Exit codes:|@",
            "  0  success",
            "  1  the conversation failed, or a recording has errors",
            "  2  wrong usage",
            "  3  cannot connect: nobody there, or key or model refused",
            "",
            "realtime help COMMAND tells more about one of them."
        })
final class RealtimeCommand {
    private final Terminal terminal;

    RealtimeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            order = 90,
            converter = ColorConverter.class,
            description = "Colours: auto, always or never.")
    void color(Terminal.Color when) {
        terminal.color(when);
    }

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 91,
            description = "Tell more on stderr; show the whole stack trace of an error.")
    void verbose(boolean verbose) {
        terminal.verbose(verbose);
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RealtimeCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "realtime4j " + (version == null ? "(unpackaged)" : version) + ", Java "
                        + System.getProperty("java.version")
            };
        }
    }

    /** In small letters, as one types it. */
    static final class ColorConverter implements ITypeConverter<Terminal.Color> {
        @Override
        public Terminal.Color convert(String value) {
            for (Terminal.Color color : Terminal.Color.values()) {
                if (color.toString().equals(value.toLowerCase(Locale.ROOT))) {
                    return color;
                }
            }
            throw new TypeConversionException("expected auto, always or never but was '" + value + "'");
        }
    }

    static CommandLine.Help.Ansi ansi(Terminal terminal, String... args) {
        for (int i = 0; i < args.length; i++) {
            String value = args[i].equals("--color") && i + 1 < args.length ? args[i + 1] : "";
            if (args[i].startsWith("--color=")) {
                value = args[i].substring("--color=".length());
            }
            if (value.equalsIgnoreCase("always")) {
                return CommandLine.Help.Ansi.ON;
            } else if (value.equalsIgnoreCase("never")) {
                return CommandLine.Help.Ansi.OFF;
            }
        }
        return terminal.colorsOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    }
}
