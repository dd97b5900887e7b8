package io.github.realtime4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the {@code realtime} command starts. */
public final class Main {
    private static final long GRACE_SECONDS = 5;

    private Main() {}

    public static void main(String[] args) {
        Shell shell = Shell.system();
        Ending ending = new Ending(Thread.currentThread());
        Thread hook = new Thread(ending::await, "realtime-ending");
        Runtime.getRuntime().addShutdownHook(hook);
        int exitCode = run(shell, args);
        shell.out().flush();
        shell.err().flush();
        ending.over(exitCode);
        System.exit(exitCode);
    }

    /** Runs one command and returns its exit code; ends early, and in order, when its thread is interrupted. */
    static int run(Shell shell, String... args) {
        Terminal terminal = new Terminal(shell);
        try {
            return CommandTree.of(terminal, args).execute(args);
        } finally {
            terminal.wipe();
        }
    }

    /** Ctrl-C and SIGTERM interrupt the command, which then says goodbye to the server and completes its files. */
    private static final class Ending {
        private final Thread command;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile int exitCode;

        Ending(Thread command) {
            this.command = command;
        }

        void over(int exitCode) {
            this.exitCode = exitCode;
            over.countDown();
        }

        void await() {
            if (over.getCount() == 0) {
                return;
            }
            command.interrupt();
            try {
                if (over.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(exitCode);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
