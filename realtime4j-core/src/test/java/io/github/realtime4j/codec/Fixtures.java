package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files under {@code wire}: one per wire name, others of the same event after a tilde ({@code
 * response.done~failed.json}); the same for the beta dialect; and one folder per object that has several forms.
 */
final class Fixtures {
    private static final String SUFFIX = ".json";
    private static final List<Event> GA = events("/wire", Dialect.GA);
    private static final List<Event> BETA = events("/wire/beta", Dialect.BETA);

    private Fixtures() {}

    /** One event. */
    record Event(String name, Dialect dialect, JsonObject json) {
        String type() {
            return String.valueOf(json.string("type"));
        }

        boolean fromClient() {
            return EventCodec.clientEventTypes().contains(type()) || type().equals("transcription_session.update");
        }

        byte[] utf8() {
            return Wire.utf8(json.toString());
        }

        @Override
        public String toString() {
            return (dialect == Dialect.GA ? "" : "beta/") + name;
        }
    }

    /** One form of an object. */
    record Form(String type, String name, JsonValue json) {
        /** The record or sealed interface: {@code Tool.AllowedTools} is the folder's name. */
        Class<?> javaType() {
            try {
                return Class.forName("io.github.realtime4j.protocol." + type.replace('.', '$'));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return type + "/" + name;
        }
    }

    static Stream<Event> events() {
        return Stream.concat(ga(), beta());
    }

    static Stream<Event> ga() {
        return GA.stream();
    }

    static Stream<Event> beta() {
        return BETA.stream();
    }

    private static List<Event> events(String folder, Dialect dialect) {
        return files(folder).stream()
                .map(file -> new Event(name(file), dialect, (JsonObject) json(file)))
                .toList();
    }

    static Stream<Form> forms() {
        return folders("/wire/objects").stream().flatMap(folder -> {
            String type = folder.getFileName().toString();
            return files("/wire/objects/" + type).stream().map(file -> new Form(type, name(file), json(file)));
        });
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static JsonValue json(Path file) {
        try {
            return JsonValue.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String folder) {
        return list(folder).filter(Files::isRegularFile).toList();
    }

    private static List<Path> folders(String folder) {
        return list(folder).filter(Files::isDirectory).toList();
    }

    private static Stream<Path> list(String folder) {
        URL url = Objects.requireNonNull(Fixtures.class.getResource(folder), folder);
        try (Stream<Path> paths = Files.list(Path.of(url.toURI()))) {
            return paths.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
