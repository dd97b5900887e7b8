package io.github.realtime4j.cli;

import org.jspecify.annotations.Nullable;

/** Why a command ends early: one line that says what happened and what to do, and the exit code. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The conversation failed. */
    static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message, null);
    }

    static CommandFailure failed(String message, Throwable cause) {
        return new CommandFailure(ExitCode.FAILED, message, cause);
    }

    /** The command cannot be meant like this. */
    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    static CommandFailure usage(String message, Throwable cause) {
        return new CommandFailure(ExitCode.USAGE, message, cause);
    }

    /** The server does not want to talk. */
    static CommandFailure refused(String message, Throwable cause) {
        return new CommandFailure(ExitCode.NO_CONNECTION, message, cause);
    }

    /** Nobody let us in, perhaps because there was no key. */
    static CommandFailure keyless(Throwable cause) {
        return new CommandFailure(
                ExitCode.NO_CONNECTION,
                cause.getMessage() + "; no key was sent: if the server wants one, set OPENAI_API_KEY (for 'realtime "
                        + "serve' any word will do)",
                cause);
    }

    int exitCode() {
        return exitCode;
    }
}
