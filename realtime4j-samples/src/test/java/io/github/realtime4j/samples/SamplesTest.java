package io.github.realtime4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.RuleBasedResponder;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.Utterance;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every sample, run as it is. The samples share a process of their own, so that their endpoint can come from the
 * environment. What each is called with, and what it prints, is what {@code docs/samples.md} says.
 */
final class SamplesTest {
    private static final Path DOCUMENT = Path.of("../docs/samples.md");
    private static final Pattern CONSOLE =
            Pattern.compile("```console\n\\$ sample (\\w+)([^\n]*)\n(.*?)```", Pattern.DOTALL);
    private static final String QUESTION = "What is the weather in Porto?";
    private static final String HELLO = "Hello!";

    /** What the rules of the embedded server cannot find in the user's words. */
    private static final Map<String, Reply> SCRIPT = Map.of(
            "A large latte with oat milk and a small espresso for table 7, please.",
            ScriptedResponse.functionCall("order_drinks", """
                    {"table": 7, "drinks": [{"name": "latte", "size": "LARGE", "milk": "oat"},\
                     {"name": "espresso", "size": "SMALL"}]}"""),
            "Send 50 euros to Ada and 500 to Bob, and tell me the balance of my savings.",
            ScriptedResponse.functionCalls(
                    new Output.FunctionCall("transfer_money", "{\"to\": \"Ada\", \"euros\": 50}"),
                    new Output.FunctionCall("transfer_money", "{\"to\": \"Bob\", \"euros\": 500}"),
                    new Output.FunctionCall("get_balance", "{\"name\": \"Savings\"}")),
            "1,200 euros; 50 euros are on their way; "
                    + "{\"error\":\"transfer_money was not allowed to run: More than 100 euros need a signature.\"}",
            Reply.text("Ada gets her 50 euros. Bob's 500 need a signature. You have 1,200 euros on your savings."),
            "Ask the wiki of netty/netty a question: what is a ByteBuf?",
            Reply.of(new Output.McpCall(
                    "deepwiki", "ask_question", "{\"repoName\":\"netty/netty\",\"question\":\"What is a ByteBuf?\"}")),
            "I forgot the password. What is it?",
            ScriptedResponse.neverAfter("Of course. The password is swordfish. Do not tell anybody that I told you."));

    @TempDir
    static Path directory;

    private static final Map<String, String> expected = new LinkedHashMap<>();

    @BeforeAll
    static void runEverySample() throws Exception {
        List<String> commands = new ArrayList<>();
        Matcher console = CONSOLE.matcher(Files.readString(DOCUMENT));
        while (console.find()) {
            commands.add(console.group(1) + console.group(2));
            expected.put(console.group(1), console.group(3));
        }
        Files.write(directory.resolve("question.wav"), Wav.bytes(spoken(QUESTION), FreeTtsSynthesizer.SAMPLE_RATE));
        Files.write(directory.resolve("hello.wav"), Wav.bytes(spoken(HELLO), FreeTtsSynthesizer.SAMPLE_RATE));
        BufferedImage picture = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(picture, "png", directory.resolve("picture.png").toFile());
        try (RealtimeServer server = server()) {
            run(server, commands);
        }
    }

    private static RealtimeServer server() {
        McpCatalogue.Tool wiki = new McpCatalogue.Tool(
                "ask_question", "Answers about a repository", JsonObject.EMPTY, question -> "A sequence of bytes.");
        RuleBasedResponder rules = new RuleBasedResponder();
        return RealtimeServer.builder()
                .responder(request -> SCRIPT.getOrDefault(asked(request), rules.respond(request)))
                .transcriber((audio, format) -> format.millisOf(audio.size()) > 1_500 ? QUESTION : HELLO)
                .mcp(McpCatalogue.EMPTY.with("deepwiki", wiki))
                .pacing(new Pacing(50, Duration.ofMillis(1), Duration.ofMillis(1)))
                .start();
    }

    /** What the user has just written, or what functions have answered, in alphabetical order. */
    private static String asked(ResponseRequest request) {
        Item last = request.items().get(request.items().size() - 1);
        if (request.config().instructions() != null) {
            return "";
        } else if (last instanceof Item.Message message) {
            return message.text();
        }
        return request.items().stream()
                .filter(Item.FunctionCallOutput.class::isInstance)
                .map(item -> ((Item.FunctionCallOutput) item).output())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static short[] spoken(String text) {
        short[] speech = {};
        Iterator<SpeechChunk> words = new FreeTtsSynthesizer().speak(new Utterance(text, "cedar", 1));
        while (words.hasNext()) {
            speech = Pcm16.concat(speech, words.next().samples());
        }
        return speech;
    }

    private static void run(RealtimeServer server, List<String> commands) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                SampleRuns.class.getName()));
        command.addAll(commands);
        ProcessBuilder java = new ProcessBuilder(command).directory(directory.toFile());
        java.environment().put("OPENAI_API_KEY", "sk-any");
        java.environment().put("OPENAI_BASE_URL", server.baseUrl().toString());
        Path console = directory.resolve("console.log");
        java.redirectErrorStream(true).redirectOutput(console.toFile());
        Process process = java.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the samples end, and leave no thread behind")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(console)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    /** Every class of the package with a main method. */
    static List<String> samples() throws Exception {
        Path classes = Path.of(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> samples = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(classes.resolve(Hello.class.getPackageName().replace('.', '/')))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Hello.class.getPackageName() + "." + name);
                if (Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("main"))) {
                    samples.add(name);
                }
            }
        }
        return samples;
    }

    @Test
    void theDocumentHasEverySampleAndNoOther() throws Exception {
        assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(samples());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void printsWhatTheDocumentSays(String sample) throws IOException {
        String printed = Files.readString(directory.resolve(sample + ".txt")).replace(System.lineSeparator(), "\n");
        assertThat(printed.replaceAll(" +\n", "\n")).isEqualTo(expected.get(sample));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spoken.wav", "agent.wav", "talk.wav", "spanish.wav"})
    void theAnswerCanBeHeard(String file) throws IOException {
        short[] samples = Wav.read(directory.resolve(file)).mono(24_000);
        assertThat(samples.length).isGreaterThan(24_000);
        assertThat(Pcm16.rms(samples)).isGreaterThan(500);
    }
}
