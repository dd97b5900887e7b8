package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.server.RealtimeServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's programs, compiled and run as they stand there. */
final class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

    @TempDir
    Path directory;

    static Stream<String> programs() throws Exception {
        List<String> programs = new ArrayList<>();
        Matcher matcher = PROGRAM.matcher(Files.readString(README));
        while (matcher.find()) {
            programs.add(matcher.group(1));
        }
        return programs.stream();
    }

    @Test
    void thereAreTwoPrograms() throws Exception {
        assertThat(programs()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programCompilesAndSaysSomething(String program) throws Exception {
        Matcher name = CLASS_NAME.matcher(program);
        assertThat(name.find()).isTrue();
        Path source = directory.resolve(name.group(1) + ".java");
        Files.writeString(source, program);
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-Werror", "-cp", classPath, source.toString());
        assertThat(compiled).isZero();
        try (RealtimeServer server = RealtimeServer.start()) {
            assertThat(run(name.group(1), classPath, server)).containsPattern("[A-Za-z]{3,}");
        }
    }

    /** In a process of its own, so that the key can come from the environment; the address comes from a property. */
    private String run(String mainClass, String classPath, RealtimeServer server) throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory + File.pathSeparator + classPath,
                mainClass);
        java.environment().put("OPENAI_API_KEY", "sk-any");
        java.environment().put("OPENAI_BASE_URL", server.uri().toString());
        Path output = directory.resolve("output.txt");
        java.redirectOutput(output.toFile());
        java.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = java.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
