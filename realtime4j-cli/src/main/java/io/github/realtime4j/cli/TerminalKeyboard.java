package io.github.realtime4j.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/** The keyboard of the terminal that the command runs in. Ctrl-C stays what it is. */
final class TerminalKeyboard implements Keyboard.Keys {
    private final Terminal terminal;
    private final NonBlockingReader reader;

    private TerminalKeyboard(Terminal terminal) {
        this.terminal = terminal;
        this.reader = terminal.reader();
        Attributes keys = terminal.getAttributes();
        keys.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        keys.setControlChar(ControlChar.VMIN, 0);
        keys.setControlChar(ControlChar.VTIME, 1);
        terminal.setAttributes(keys);
    }

    static TerminalKeyboard open() throws IOException {
        // It would close the terminal while the command, which Ctrl-C interrupts, does so; and the JVM would not wait
        // for it.
        System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
        try {
            return new TerminalKeyboard(TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    // The JVM's signals, so that its shutdown hooks run.
                    .nativeSignals(false)
                    // Asking the terminal what it can do would be seen on some.
                    .graphemeCluster(false)
                    .build());
        } catch (IllegalStateException | LinkageError e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int next() {
        try {
            int key = reader.read(1L);
            return key < 0 ? NONE : key;
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
