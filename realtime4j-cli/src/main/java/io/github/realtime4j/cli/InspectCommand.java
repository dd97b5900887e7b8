package io.github.realtime4j.cli;

import io.github.realtime4j.cli.inspect.Inspection;
import io.github.realtime4j.cli.inspect.JsonLines;
import io.github.realtime4j.protocol.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realtime inspect}. */
@Command(
        name = "inspect",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "Decode recorded wire events and tell what is in them.",
        description = {
            "%nReads files of one JSON event per line, as --json writes them: "
                    + "{\"direction\":\"sent\",\"event\":{...}}, or events alone. Tells how often each type comes, what the "
                    + "library does not know, and which lines cannot be decoded."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Examples:|@",
            "  realtime inspect session.jsonl",
            "  realtime inspect --roundtrip recordings/*.jsonl",
            "  realtime ask Hello --json | realtime inspect -",
            "  realtime inspect --json session.jsonl | jq .unknown_fields",
            "",
            "@|bold Exit codes:|@ 0 if every line was understood (unknown fields do no harm); 1 if a line cannot be "
                    + "decoded, a type is unknown or --roundtrip finds a difference; 2 wrong usage."
        })
final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings; - for stdin.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--roundtrip", description = "Encode every event again and tell what is lost or changed.")
    private boolean roundTrip;

    @Option(
            names = "--dialect",
            paramLabel = "ga|beta",
            description = "The dialect of all files; found out from the events unless given.")
    private @Nullable Dialect dialect;

    @Option(names = "--json", description = "One JSON object per file.")
    private boolean json;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        // All or nothing: a report on half of the files would look like a whole one.
        for (String file : files) {
            if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
                throw CommandFailure.usage("cannot read " + file);
            }
            if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
                throw CommandFailure.usage(file + " is a directory: name the files in it");
            }
        }
        boolean clean = true;
        for (String file : files) {
            Inspection inspection = inspect(file);
            clean &= inspection.isClean();
            if (json) {
                terminal.line(InspectionText.json(inspection, roundTrip).toString());
            } else {
                new InspectionText(terminal, inspection, roundTrip).print();
            }
        }
        return clean ? ExitCode.SUCCESS : ExitCode.FAILED;
    }

    private Inspection inspect(String file) throws IOException {
        InputStream in = file.equals("-") ? terminal.shell().in() : Files.newInputStream(Path.of(file));
        try (JsonLines lines = new JsonLines(in)) {
            return Inspection.of(file.equals("-") ? "stdin" : file, lines, dialect, roundTrip);
        }
    }
}
