package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final CommandLineRun run = new CommandLineRun();

    @Test
    void theStatusIsWipedBeforeALineIsWritten() {
        Terminal terminal = new Terminal(run.onTerminal().with("NO_COLOR", "1").shell(new ByteArrayOutputStream()));

        terminal.status("● listening");
        terminal.status("● listening");
        terminal.say("hello");
        terminal.wipe();

        assertThat(run.err()).isEqualTo("\r\033[K● listening\r\033[Khello\n");
    }

    @Test
    void aPipeSeesNoStatus() {
        Terminal terminal = new Terminal(run.shell(new ByteArrayOutputStream()));

        terminal.status("● listening");
        terminal.say("hello");

        assertThat(run.err()).isEqualTo("hello\n");
    }

    @Test
    void aLongStatusStaysOnItsLine() {
        Terminal terminal = new Terminal(
                run.onTerminal().with("NO_COLOR", "1").with("COLUMNS", "20").shell(new ByteArrayOutputStream()));

        terminal.status("x".repeat(50));

        assertThat(run.err()).isEqualTo("\r\033[K" + "x".repeat(18) + "…");
    }
}
