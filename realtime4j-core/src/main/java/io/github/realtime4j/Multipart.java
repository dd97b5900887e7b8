package io.github.realtime4j;

import io.github.realtime4j.RestRequests.Body;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A {@code multipart/form-data} body, RFC 7578. */
final class Multipart {
    /** Random, so that no part contains it. */
    private final String boundary = "realtime4j-" + UUID.randomUUID();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Multipart part(String name, String contentType, byte[] content) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: "
                + contentType + "\r\n\r\n");
        bytes.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    Body end() {
        write("--" + boundary + "--\r\n");
        return new Body("multipart/form-data; boundary=" + boundary, ByteBuffer.wrap(bytes.toByteArray()));
    }
}
