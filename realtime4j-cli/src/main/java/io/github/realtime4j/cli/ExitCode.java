package io.github.realtime4j.cli;

/** What scripts rely on. */
final class ExitCode {
    static final int SUCCESS = 0;
    /** The conversation failed, or a recording is not what it should be. */
    static final int FAILED = 1;
    /** Wrong options, or files that are not there. */
    static final int USAGE = 2;
    /** Nobody there, or key or model refused. */
    static final int NO_CONNECTION = 3;
    /** Ctrl-C, as shells count it. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
