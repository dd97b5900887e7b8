package io.github.realtime4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one command in this process and keeps what it wrote. */
final class CommandLineRun {
    private final Map<String, String> variables = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = new ByteArrayInputStream(new byte[0]);
    private final FakeDevices devices = new FakeDevices();
    private final FakeKeyboard keyboard = new FakeKeyboard();
    private Path directory = Path.of("");
    private boolean terminal;
    private int exitCode = -1;

    static CommandLineRun of(String... args) {
        return new CommandLineRun().run(args);
    }

    CommandLineRun with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    CommandLineRun stdin(String text) {
        return stdin(text.getBytes(StandardCharsets.UTF_8));
    }

    CommandLineRun stdin(byte[] data) {
        in = new ByteArrayInputStream(data);
        return this;
    }

    CommandLineRun onTerminal() {
        terminal = true;
        return this;
    }

    /** Where files go that nobody has named. */
    CommandLineRun in(Path directory) {
        this.directory = directory;
        return this;
    }

    /** None, unless some are added. */
    FakeDevices devices() {
        return devices;
    }

    /** On which nobody presses a key, unless told to. */
    FakeKeyboard keyboard() {
        return keyboard;
    }

    CommandLineRun run(String... args) {
        exitCode = Main.run(shell(out), args);
        return this;
    }

    Shell shell(OutputStream stdout) {
        return new Shell(
                in,
                stream(stdout),
                stream(err),
                variables::get,
                terminal,
                terminal,
                terminal,
                directory,
                devices,
                keyboard);
    }

    private static PrintStream stream(OutputStream target) {
        return new PrintStream(target, false, StandardCharsets.UTF_8);
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
