package io.github.realtime4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.codec.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The column "server" of docs/protocol.md, held to what the server's source spells out. */
final class ProtocolSupportTest {
    private static final Path TABLE = Path.of("../docs/protocol.md");
    private static final Path SOURCES = Path.of("src/main/java/io/github/realtime4j/server");
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z_.]+)` \\|.*\\| (server|client) \\|.*\\| (yes|no) \\|.*");

    /** One row of the table. */
    record Row(String wireName, boolean supported) {}

    static Stream<Row> serverEvents() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> row.group(2).equals("server"))
                .map(row -> new Row(row.group(1), row.group(3).equals("yes")));
    }

    @ParameterizedTest
    @MethodSource("serverEvents")
    void serverSaysWhatTheTablePromises(Row row) throws IOException {
        assertThat(EventCodec.serverEventTypes()).contains(row.wireName);
        assertThat(spelledOut(row.wireName)).isEqualTo(row.supported);
    }

    /** Whole, or as a family with its last word. */
    private static boolean spelledOut(String wireName) throws IOException {
        int dot = wireName.lastIndexOf('.');
        String sources = sources();
        return sources.contains('"' + wireName + '"')
                || (sources.contains('"' + wireName.substring(0, dot + 1) + '"')
                        && sources.contains('"' + wireName.substring(dot + 1) + '"'));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("Fault.java"))
                    .toList();
            return java.stream().map(ProtocolSupportTest::read).collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
