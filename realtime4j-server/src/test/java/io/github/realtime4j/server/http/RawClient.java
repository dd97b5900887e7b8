package io.github.realtime4j.server.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client with its hands on the bytes: it can be wrong in every way. */
final class RawClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {1, 2, 3, 4};

    final Socket socket;
    private final DataInputStream in;

    record Frame(int head, byte[] payload) {
        int opcode() {
            return head & 0x0f;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    RawClient(HttpFront front) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), front.address().getPort());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** An open WebSocket. */
    static RawClient open(HttpFront front, String... headers) throws IOException {
        RawClient client = new RawClient(front);
        String head = client.upgrade("/v1/realtime?model=gpt-realtime", headers);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        return client;
    }

    String upgrade(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString());
        return head();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Status line and headers, in lower case but for the status line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** A whole HTTP answer with a {@code content-length}. */
    String answer() throws IOException {
        String head = head();
        int at = head.toLowerCase().indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    void text(String message) throws IOException {
        frame(0x80 | TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    void close(int code) throws IOException {
        frame(0x80 | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    void frame(int head, byte[] payload) throws IOException {
        write(masked(head, payload));
    }

    static byte[] masked(int head, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % 4]);
        }
        return frame.toByteArray();
    }

    Frame next() throws IOException {
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Frame(head, payload);
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
