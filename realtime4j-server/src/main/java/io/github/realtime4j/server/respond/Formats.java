package io.github.realtime4j.server.respond;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What strings of the usual JSON Schema formats look like. */
final class Formats {
    private static final Map<String, Pattern> SHAPES = Map.of(
            "date", Pattern.compile("\\d{4}-\\d{2}-\\d{2}"),
            "time", Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})"),
            "date-time", Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})"),
            "email", Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"),
            "uri", Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:\\S+"),
            "url", Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:\\S+"),
            "uuid", Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
            "ipv4", Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}"),
            "hostname", Pattern.compile("[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*"),
            "duration", Pattern.compile("P.+"));

    private Formats() {}

    /** Unknown formats take anything. */
    static boolean isValid(String value, @Nullable String format) {
        Pattern shape = format == null ? null : SHAPES.get(format);
        return shape == null || shape.matcher(value).matches();
    }
}
