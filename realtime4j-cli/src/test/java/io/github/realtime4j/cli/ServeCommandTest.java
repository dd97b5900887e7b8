package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {
    /** The command on a thread of its own, stopped as Ctrl-C stops it. */
    private static final class Serving {
        private final CommandLineRun run = new CommandLineRun();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final AtomicInteger exitCode = new AtomicInteger(-1);
        private final Thread thread;

        Serving(String... options) {
            List<String> args = new ArrayList<>(List.of("serve"));
            args.addAll(List.of(options));
            Shell shell = run.shell(new OutputStream() {
                private final StringBuilder line = new StringBuilder();

                @Override
                public void write(int b) {
                    if (b == '\n') {
                        lines.add(line.toString());
                        line.setLength(0);
                    } else {
                        line.append((char) b);
                    }
                }
            });
            thread = new Thread(() -> exitCode.set(Main.run(shell, args.toArray(String[]::new))));
            thread.start();
        }

        String url() throws InterruptedException {
            String line = lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).startsWith("listening on ws://127.0.0.1:").endsWith("/v1/realtime");
            return String.valueOf(line).substring("listening on ".length());
        }

        String stop() throws InterruptedException {
            thread.interrupt();
            thread.join(20_000);
            assertThat(exitCode.get()).isZero();
            return run.err();
        }
    }

    private static CommandLineRun ask(String url, String key) {
        return new CommandLineRun().with("OPENAI_API_KEY", key).run("ask", "--base-url", url, "Hello");
    }

    @Test
    void servesUntilItIsStopped() throws Exception {
        Serving serving = new Serving();

        assertThat(ask(serving.url(), "any").exitCode()).isZero();

        assertThat(serving.stop()).endsWith("stopped\n");
    }

    @Test
    void recordsSessionsForInspection(@TempDir Path directory) throws Exception {
        Path recordings = directory.resolve("recordings");
        Serving serving = new Serving("--record", recordings.toString());
        ask(serving.url(), "any");
        serving.stop();

        try (Stream<Path> files = Files.list(recordings)) {
            Path file = files.findFirst().orElseThrow();
            CommandLineRun run = CommandLineRun.of("inspect", file.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("1 user turn, 1 response (1 completed)");
        }
    }

    @Test
    void letsOnlyTheKeyInThatItWasGiven() throws Exception {
        Serving serving = new Serving("--key", "sk-good");
        String url = serving.url();

        assertThat(ask(url, "sk-bad").exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
        assertThat(ask(url, "sk-good").exitCode()).isZero();

        assertThat(serving.stop()).doesNotContain("sk-good", "sk-bad");
    }

    @Test
    void misbehavesOnEveryConnection() throws Exception {
        Serving serving = new Serving("--fault", "close=1011@response.created");
        String url = serving.url();

        assertThat(ask(url, "any").err()).contains("1011");
        assertThat(ask(url, "any").err()).contains("1011");

        serving.stop();
    }

    @Test
    void wrongOptionsAreWrongUsage() throws IOException {
        assertThat(CommandLineRun.of("serve", "--port", "70000").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("serve", "--cert", "cert.pem").err()).contains("--key-file");
        assertThat(CommandLineRun.of("serve", "--fault", "explode").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("serve", "--cert-out", "cert.pem").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
