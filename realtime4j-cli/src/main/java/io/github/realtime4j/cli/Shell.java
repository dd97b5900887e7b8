package io.github.realtime4j.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a command is given by the world around it.
 *
 * @param variables environment variables
 * @param terminalIn whether a person may be typing into {@code in}
 * @param terminalOut whether {@code out} is seen on a terminal
 * @param terminalErr whether {@code err} is seen on a terminal
 * @param directory where files go that nobody has named
 */
record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Variables variables,
        boolean terminalIn,
        boolean terminalOut,
        boolean terminalErr,
        Path directory,
        Devices devices,
        Keyboard keyboard) {

    /** Where environment variables come from. */
    @FunctionalInterface
    interface Variables {
        @Nullable
        String value(String name);
    }

    /** An environment variable that says something. */
    @Nullable
    String variable(String name) {
        String value = variables.value(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    static Shell system() {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        return new Shell(
                System.in,
                stream(FileDescriptor.out, System.out, out),
                stream(FileDescriptor.err, System.err, err),
                System::getenv,
                isTerminal(0),
                out,
                err,
                Path.of(""),
                Devices.SYSTEM,
                TerminalKeyboard::open);
    }

    /** UTF-8, also where the locale says otherwise: JSON is. Only a Windows console has its own idea. */
    private static PrintStream stream(FileDescriptor descriptor, PrintStream system, boolean terminal) {
        if (terminal
                && System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return system;
        }
        OutputStream buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 8_192);
        return new PrintStream(buffered, false, StandardCharsets.UTF_8);
    }

    /** Exact where the system tells (Linux); elsewhere as Java sees it, for all three together. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return isTerminal(System.console());
    }

    /** From Java 22 on there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
