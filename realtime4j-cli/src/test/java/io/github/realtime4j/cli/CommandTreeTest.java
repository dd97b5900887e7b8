package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTreeTest {
    @Test
    void helpListsEveryCommand() {
        CommandLineRun run = CommandLineRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "demo",
                        "ask",
                        "talk",
                        "transcribe",
                        "devices",
                        "serve",
                        "inspect",
                        "OPENAI_API_KEY",
                        "Exit codes");
    }

    @Test
    void withoutACommandTheHelpGoesToStderr() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: realtime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "ask", "talk", "transcribe", "devices", "serve", "inspect"})
    void helpOfEachCommandTeachesExamplesAndExitCodes(String command) {
        CommandLineRun asked = CommandLineRun.of("help", command);

        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out()).contains("Usage: realtime " + command, "Examples:", "Exit codes:");
        assertThat(CommandLineRun.of(command, "--help").out()).isEqualTo(asked.out());
    }

    @Test
    void aMisspeltCommandIsUnderstood() {
        CommandLineRun run = CommandLineRun.of("inspekt");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no command 'inspekt'").contains("Did you mean: inspect?");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        CommandLineRun run = CommandLineRun.of("ask", "--modle", "x", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--modle").contains("--model").contains("realtime help ask");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void theVersionIsOneLineOnStdout() {
        CommandLineRun run = CommandLineRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).singleElement().asString().startsWith("realtime4j ");
    }

    @Test
    void coloursAreForTerminalsAndForThoseWhoInsist() {
        assertThat(CommandLineRun.of("--help").out()).doesNotContain("\033[");
        assertThat(CommandLineRun.of("--color", "always", "--help").out()).contains("\033[");
        assertThat(new CommandLineRun().onTerminal().run("--help").out()).contains("\033[");
        assertThat(new CommandLineRun()
                        .onTerminal()
                        .with("NO_COLOR", "1")
                        .run("--help")
                        .out())
                .doesNotContain("\033[");
        assertThat(CommandLineRun.of("--color", "sometimes", "ask", "x").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
