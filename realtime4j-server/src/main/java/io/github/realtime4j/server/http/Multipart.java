package io.github.realtime4j.server.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form of text parts, RFC 7578; of several parts of one name the first counts. */
record Multipart(Map<String, String> parts) {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");

    /** What is malformed has no parts. */
    static Multipart of(String contentType, String body) {
        Map<String, String> parts = new LinkedHashMap<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (boundary.find()) {
            String delimiter = "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
            String[] pieces = ("\r\n" + body).split(Pattern.quote(delimiter), -1);
            for (int i = 1; i < pieces.length - 1; i++) {
                add(parts, pieces[i]);
            }
        }
        return new Multipart(parts);
    }

    private static void add(Map<String, String> parts, String piece) {
        int end = piece.indexOf("\r\n\r\n");
        for (String line : piece.substring(0, Math.max(0, end)).split("\r\n")) {
            Matcher name = NAME.matcher(line);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
                parts.putIfAbsent(name.group(1), piece.substring(end + 4));
            }
        }
    }

    /** Null if there is none. */
    @Nullable
    String part(String name) {
        return parts.get(name);
    }
}
