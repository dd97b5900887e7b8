package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Handshake.Header;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may be written into the head of a request. */
final class HttpSyntax {
    private HttpSyntax() {}

    /**
     * @param ours names in lower case that the transport writes itself
     * @throws IllegalArgumentException if a header cannot be sent; the message holds no header value
     */
    static void requireSendable(List<Header> headers, Set<String> ours) {
        headers.forEach(header -> requireSendable(header, ours));
    }

    private static void requireSendable(Header header, Set<String> ours) {
        if (ours.contains(header.name().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + header.name() + " is set by the transport itself");
        }
        if (!isToken(header.name())) {
            throw new IllegalArgumentException("a header's name is empty or has a character that HTTP does not allow");
        }
        String value = header.value();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7f) {
                throw new IllegalArgumentException(String.format(
                        "header %s has the character 0x%02x at index %d, which HTTP does not allow there;"
                                + " was a key read from a file together with its line break?",
                        header.name(), (int) c, i));
            }
        }
    }

    /** RFC 9110 section 5.6.2. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
