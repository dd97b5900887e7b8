package io.github.realtime4j.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What a person or a script sees: data on stdout, talk on stderr, colours where they can be seen, and one status line
 * that is wiped before anything else is written. Safe for use by any thread.
 */
final class Terminal {
    private static final String WIPE = "\r\033[K";

    private final Shell shell;
    private final int width;
    private boolean colorOut;
    private boolean colorErr;
    private boolean verbose;
    private boolean lineOpen;
    private String status = "";

    Terminal(Shell shell) {
        this.shell = shell;
        this.width = width(shell);
        color(Color.AUTO);
    }

    /** When to colour. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a piece of text looks. */
    enum Style {
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        BLUE("34"),
        MAGENTA("35"),
        CYAN("36"),
        STRUCK("9");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static int width(Shell shell) {
        String columns = shell.variable("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 80;
    }

    void color(Color when) {
        boolean wanted = shell.variable("NO_COLOR") == null && !"dumb".equals(shell.variable("TERM"));
        colorOut = when == Color.ALWAYS || (when == Color.AUTO && wanted && shell.terminalOut());
        colorErr = when == Color.ALWAYS || (when == Color.AUTO && wanted && shell.terminalErr());
    }

    void verbose(boolean verbose) {
        this.verbose = verbose;
    }

    boolean isVerbose() {
        return verbose;
    }

    Shell shell() {
        return shell;
    }

    /** Columns of a line; 80 unless the environment says otherwise. */
    int width() {
        return width;
    }

    /** Text as it looks on stdout. */
    String out(Style style, String text) {
        return colorOut ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    /** Text as it looks on stderr. */
    String err(Style style, String text) {
        return colorErr ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    boolean colorsOut() {
        return colorOut;
    }

    /**
     * Writes data to stdout, without a line feed.
     *
     * @throws OutputClosedException if nobody reads any more
     */
    synchronized void data(String text) {
        wipe();
        shell.out().print(text);
        lineOpen = !text.isEmpty() && !text.endsWith("\n");
        flush(shell.out());
    }

    /**
     * Writes one line of data to stdout.
     *
     * @throws OutputClosedException if nobody reads any more
     */
    void line(String text) {
        data(text + "\n");
    }

    /**
     * Writes one line of UTF-8 data to stdout.
     *
     * @throws OutputClosedException if nobody reads any more
     */
    synchronized void line(byte[] text) {
        wipe();
        shell.out().write(text, 0, text.length);
        shell.out().write('\n');
        flush(shell.out());
    }

    private static void flush(PrintStream out) {
        if (out.checkError()) {
            throw new OutputClosedException();
        }
    }

    /** Writes one line of talk to stderr. */
    synchronized void say(String text) {
        wipe();
        if (lineOpen && shell.terminalOut() && shell.terminalErr()) {
            shell.out().println();
            shell.out().flush();
            lineOpen = false;
        }
        shell.err().print(text + "\n");
        shell.err().flush();
    }

    /** Writes one line of talk to stderr that only {@code --verbose} shows. */
    void detail(String text) {
        if (verbose) {
            say(err(Style.DIM, text));
        }
    }

    /** Shows what is going on, until the next line or status; nothing where nobody looks. */
    synchronized void status(String text) {
        if (!shell.terminalErr() || "dumb".equals(shell.variable("TERM")) || text.equals(status)) {
            return;
        }
        String shown = text.length() < width ? text : text.substring(0, width - 2) + "…";
        boolean dotted = shown.startsWith("●");
        shell.err().print(WIPE + (dotted ? err(Style.RED, "●") + shown.substring(1) : shown));
        shell.err().flush();
        status = text;
    }

    synchronized void wipe() {
        if (!status.isEmpty()) {
            status = "";
            shell.err().print(WIPE);
            shell.err().flush();
        }
    }
}
