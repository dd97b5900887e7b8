package io.github.realtime4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that are shown in the README and in Javadoc are lines of samples, which are compiled and run. */
final class QuotesTest {
    private static final Pattern FENCED = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^(?:public )?class (\\w+)");
    private static final Pattern IN_JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);
    private static final String CORE = "../realtime4j-core/src/main/java/io/github/realtime4j/";

    static List<String> readmePrograms() throws IOException {
        return quotes(Path.of("../README.md"), FENCED);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("readmePrograms")
    void theReadmeQuotesWholeSamples(String program) throws IOException {
        Matcher name = CLASS_NAME.matcher(program);
        assertThat(name.find()).isTrue();
        String source = source(name.group(1));
        assertThat(program).isEqualTo(source.substring(source.indexOf("import ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RealtimeSession", "ResponseHandle", "tool/FunctionTool", "protocol/TurnDetection"})
    void javadocQuotesLinesOfSamples(String type) throws IOException {
        List<String> quotes = quotes(Path.of(CORE + type + ".java"), IN_JAVADOC);
        assertThat(quotes).isNotEmpty();
        for (String quote : quotes) {
            List<String> quoted = lines(quote);
            assertThat(sources().stream().anyMatch(source -> Collections.indexOfSubList(lines(source), quoted) >= 0))
                    .as(quote)
                    .isTrue();
        }
    }

    @Test
    void helloIsAtMostTenLinesAndAVoiceAgentWithAFunctionTwentyFive() throws IOException {
        assertThat(program("Hello")).hasSizeLessThanOrEqualTo(10);
        assertThat(program("VoiceAgent").stream().filter(line -> !line.startsWith("import ")))
                .hasSizeLessThanOrEqualTo(25);
    }

    /** Without its package and what it says of itself. */
    private static List<String> program(String sample) throws IOException {
        return lines(source(sample)).stream()
                .filter(line -> !line.startsWith("package ") && !line.startsWith("/**"))
                .toList();
    }

    private static List<String> quotes(Path file, Pattern pattern) throws IOException {
        List<String> quotes = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            quotes.add(matcher.group(1));
        }
        return quotes;
    }

    private static String source(String name) throws IOException {
        Path main = Path.of("src/main/java/io/github/realtime4j/samples/" + name + ".java");
        return Files.readString(
                Files.exists(main) ? main : Path.of(main.toString().replace("main", "test")));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    /** Without indentation, blank lines, and the asterisks of a comment. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceFirst("^\\*( |$)", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
