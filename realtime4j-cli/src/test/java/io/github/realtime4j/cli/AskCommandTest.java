package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.Trigger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskCommandTest {
    private static final String KEY = "sk-secret-0123456789";

    private static final ErrorDetail REFUSED =
            new ErrorDetail("invalid_request_error", ErrorCode.INVALID_VALUE, "Not today.", null, null);

    private final RealtimeServer server = RealtimeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLineRun elsewhere() {
        return new CommandLineRun()
                .with("OPENAI_BASE_URL", server.baseUrl().toString())
                .with("OPENAI_API_KEY", KEY);
    }

    @Test
    void theAnswerAndNothingElseGoesToStdout() {
        server.enqueue(ScriptedResponse.text("Because of Rayleigh scattering."));

        CommandLineRun run = elsewhere().run("ask", "Why", "is the sky blue?");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Because of Rayleigh scattering.\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void asksForTextWithTheInstructionsThatWereGiven() throws Exception {
        elsewhere().run("ask", "--instructions", "Be brief.", "--model", "gpt-realtime", "Hello");

        var session = server.takeSession();
        assertThat(session.types()).containsExactly("session.update", "conversation.item.create", "response.create");
        JsonObject update = session.sent().get(0).object("session");
        assertThat(update.string("instructions")).isEqualTo("Be brief.");
        assertThat(update.get("output_modalities")).hasToString("[\"text\"]");
        assertThat(session.opening().uri()).contains("model=gpt-realtime");
    }

    @Test
    void readsTheQuestionFromStdin() throws Exception {
        CommandLineRun run = elsewhere().stdin("Hello\n").run("ask", "-");

        assertThat(run.exitCode()).isZero();
        assertThat(server.takeSession().sent().get(1).toString()).contains("\"Hello\"");
    }

    @Test
    void withJsonStdoutHasRawEventsOnly() {
        CommandLineRun run = elsewhere().run("ask", "--json", "Hello");

        assertThat(run.exitCode()).isZero();
        List<JsonObject> lines = run.outLines().stream().map(JsonObject::parse).toList();
        assertThat(lines).allSatisfy(line -> assertThat(line.members().keySet()).containsExactly("direction", "event"));
        assertThat(lines.get(0).toString())
                .startsWith("{\"direction\":\"received\",\"event\":{\"type\":\"session.created\"");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.string("direction")).isEqualTo("sent"));
        assertThat(new CommandLineRun().stdin(run.out()).run("inspect", "-").exitCode())
                .isZero();
    }

    @Test
    void speaksTheBetaDialect() {
        try (RealtimeServer beta =
                RealtimeServer.builder().dialect(Dialect.BETA).start()) {
            beta.enqueue(ScriptedResponse.text("Old words."));

            CommandLineRun run = new CommandLineRun()
                    .with("OPENAI_API_KEY", KEY)
                    .run("ask", "--base-url", beta.uri().toString(), "--dialect", "beta", "Hello");

            assertThat(run.out()).as(run.err()).isEqualTo("Old words.\n");
        }
    }

    @Test
    void withNeitherKeyNorUrlAnEmbeddedServerAnswers() {
        CommandLineRun run = new CommandLineRun().run("ask", "What is 2 + 2?");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isNotBlank();
        assertThat(run.err()).contains("embedded server");
    }

    @Test
    void aFailedResponseIsToldInOneLine() {
        server.enqueue(ScriptedResponse.failed("rate_limit_exceeded"));

        CommandLineRun run = elsewhere().run("ask", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).startsWith("realtime: the response failed: ").contains("rate_limit_exceeded");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void anAnswerThatWasCutShortIsShownAndFails() {
        server.enqueue(ScriptedResponse.incomplete("Half of", "max_output_tokens"));

        CommandLineRun run = elsewhere().run("ask", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("Half of\n");
        assertThat(run.err()).contains("cut short: max_output_tokens");
    }

    @Test
    void anErrorOfTheServerFails() {
        server.enqueueFaults(new Fault.NeverAcknowledge("conversation.item.create", "response.create"));

        CommandLineRun run = elsewhere().run("ask", "--voice", "marin", "--timeout", "1", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("no answer within").contains("--timeout");
    }

    @Test
    void aRefusedQuestionIsToldAndNotAnswered() {
        server.enqueueFaults(new Fault.ErrorReply(Trigger.onClientEvent("conversation.item.create"), REFUSED));

        CommandLineRun run = elsewhere().run("ask", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("realtime: Not today. (invalid_value)\n");
    }

    @Test
    void aRefusedSessionIsToldAsSuch() {
        server.enqueueFaults(new Fault.ErrorReply(Trigger.onClientEvent("session.update"), REFUSED));

        CommandLineRun run = elsewhere().run("ask", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("realtime: the server refuses the session: Not today. (invalid_value)\n");
    }

    @Test
    void aSessionThatIsNotAcknowledgedFails() {
        server.enqueueFaults(new Fault.NeverAcknowledge("session.update"));

        CommandLineRun run = elsewhere().run("ask", "--timeout", "1", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("realtime: the server did not acknowledge session.update within 1 s; --timeout makes this "
                        + "command wait longer\n");
    }

    @Test
    void whoStopsTheCommandStopsIt() throws Exception {
        server.enqueueFaults(new Fault.Delay(Trigger.before("response.output_text.done"), Duration.ofHours(1)));
        CountDownLatch answering = new CountDownLatch(1);
        CommandLineRun run = elsewhere();
        Shell shell = run.shell(new OutputStream() {
            @Override
            public void write(int b) {
                answering.countDown();
            }
        });
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread command = new Thread(() -> exitCode.set(Main.run(shell, "ask", "Hello")));

        command.start();
        assertThat(answering.await(20, TimeUnit.SECONDS)).isTrue();
        command.interrupt();
        command.join(20_000);

        assertThat(exitCode.get()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.err()).isEqualTo("interrupted\n");
    }

    @Test
    void aLostConnectionFails() {
        server.enqueueFaults(new Fault.CloseConnection(Trigger.after("response.created"), 1011, "tired"));

        CommandLineRun run = elsewhere().run("ask", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("1011 tired");
    }

    @Test
    void nobodyThereIsNoConnection() {
        CommandLineRun run = new CommandLineRun()
                .with("OPENAI_API_KEY", KEY)
                .run("ask", "--base-url", "ws://127.0.0.1:1/v1/realtime", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
        assertThat(run.err()).contains("Cannot connect to ws://127.0.0.1:1").doesNotContain(KEY);
    }

    @Test
    void aRefusedModelIsNoConnection() {
        CommandLineRun run = elsewhere().run("ask", "--model", "gpt-nope", "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
        assertThat(run.err()).contains("gpt-nope").contains("invalid_model");
    }

    @Test
    void whoIsRefusedWithoutAKeyIsToldHowToGiveOne() {
        CommandLineRun run =
                new CommandLineRun().run("ask", "--base-url", server.uri().toString(), "Hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
        assertThat(run.err()).contains("set OPENAI_API_KEY");
    }

    @Test
    void aKeyOnTheCommandLineIsWarnedOfAndNeverPrinted() {
        CommandLineRun run = new CommandLineRun()
                .run("ask", "--base-url", server.uri().toString(), "--api-key", KEY, "--json", "-v", "Hello");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("better set OPENAI_API_KEY").doesNotContain(KEY);
        assertThat(run.out()).doesNotContain(KEY);
    }

    @Test
    void verboseTellsTheUsageButNoPriceThatNobodyPays() {
        CommandLineRun run = elsewhere().run("ask", "-v", "Hello");

        assertThat(run.err()).contains("usage: ").contains(" tokens in").contains("first text after");
        assertThat(run.err()).doesNotContain("$");
    }

    @Test
    void noQuestionIsWrongUsage() {
        assertThat(new CommandLineRun().onTerminal().run("ask").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("ask").err()).contains("stdin is empty");
        assertThat(CommandLineRun.of("ask", " ").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("ask", "--base-url", "ftp://host", "Hello").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("ask", "--timeout", "soon", "Hello").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whenNobodyReadsAnyMoreTheCommandEndsQuietly() {
        CommandLineRun run = elsewhere();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(Main.run(run.shell(closed), "ask", "Hello")).isZero();
        assertThat(Main.run(run.shell(closed), "ask", "--json", "Hello")).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void trustsTheCertificateItIsGiven(@TempDir Path directory) throws IOException {
        try (RealtimeServer secure = RealtimeServer.builder().tls().start()) {
            Path pem = Files.writeString(directory.resolve("cert.pem"), String.valueOf(secure.certificatePem()));
            CommandLineRun run = new CommandLineRun().with("OPENAI_API_KEY", KEY);
            String url = secure.uri().toString();

            assertThat(run.run("ask", "--base-url", url, "Hello").exitCode()).isEqualTo(ExitCode.NO_CONNECTION);
            assertThat(run.run("ask", "--base-url", url, "--cacert", pem.toString(), "Hello")
                            .exitCode())
                    .as(run.err())
                    .isZero();
            assertThat(run.run("ask", "--base-url", url, "--insecure-tls", "Hello")
                            .exitCode())
                    .isZero();
        }
    }
}
