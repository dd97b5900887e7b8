package io.github.realtime4j.transport;

import io.github.realtime4j.transport.Handshake.Header;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What of a request must not come back in a message, even when a server echoes it. */
final class Secrets {
    /** Shorter words are no keys, and would tear holes into ordinary text. */
    private static final int MIN_CHARS = 12;

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)[^=]*(key|token|secret|password|sig|auth|credential)[^=]*=.*");

    private final List<String> words;

    private Secrets(List<String> words) {
        this.words = words;
    }

    static Secrets of(List<Header> headers, List<String> subprotocols, URI uri) {
        List<String> words = new ArrayList<>();
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase("content-type")) {
                words.add(header.value());
                words.addAll(List.of(header.value().split("\\s+", -1)));
            }
        }
        for (String subprotocol : subprotocols) {
            words.add(subprotocol);
            words.add(subprotocol.substring(subprotocol.indexOf('.') + 1));
        }
        String query = uri.getRawQuery();
        for (String parameter : (query == null ? "" : query).split("&", -1)) {
            if (SECRET_PARAMETER.matcher(parameter).matches()) {
                words.add(parameter.substring(parameter.indexOf('=') + 1));
            }
        }
        words.removeIf(word -> word.length() < MIN_CHARS);
        words.sort(Comparator.comparingInt(String::length).reversed());
        return new Secrets(words);
    }

    HttpResponse removeFrom(HttpResponse answer) {
        List<Header> headers = new ArrayList<>();
        for (Header header : answer.headers()) {
            headers.add(new Header(header.name(), remove(header.value())));
        }
        byte[] body = remove(answer.text()).getBytes(StandardCharsets.UTF_8);
        return new HttpResponse(answer.status(), remove(answer.reason()), headers, ByteBuffer.wrap(body));
    }

    private String remove(String text) {
        String clean = text;
        for (String word : words) {
            clean = clean.replace(word, "…");
        }
        return clean;
    }
}
