package io.github.realtime4j.netty;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server or proxy whose every byte a test writes itself; one thread for each connection. */
final class RawServer implements AutoCloseable {
    interface Script {
        void run(Socket socket) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Closeable> open = Collections.synchronizedList(new ArrayList<>());

    RawServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        open.add(listener);
        start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                start(() -> run(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void run(Socket socket) {
        try {
            script.run(socket);
        } catch (IOException peerWentAway) {
            // The client under test may leave at any time.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads up to the empty line that ends an HTTP head. */
    static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended inside the head");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    static void write(Socket socket, String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The head of a correct 101 to this request. */
    static String switching(String requestHead) {
        return "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: keep-alive, upgrade\r\n"
                + "sec-websocket-accept: " + WebSocketTestServer.accept(header(requestHead, "sec-websocket-key"))
                + "\r\n\r\n";
    }

    /** The value of a header, or the empty string. */
    static String header(String head, String name) {
        Matcher matcher = Pattern.compile("(?im)^" + name + ": *([^\\r\\n]*)").matcher(head);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Copies until either side ends, then closes both. */
    void join(Socket one, Socket other) throws IOException {
        open.add(other);
        start(() -> copy(other, one, Integer.MAX_VALUE, 8192));
        copy(one, other, Integer.MAX_VALUE, 8192);
    }

    /** Copies so many bytes in pieces of this size, then closes both. */
    static void copy(Socket from, Socket to, int limit, int piece) {
        try (from;
                to) {
            byte[] buffer = new byte[piece];
            int left = limit;
            int count = from.getInputStream().read(buffer);
            while (count >= 0 && left > 0) {
                to.getOutputStream().write(buffer, 0, Math.min(count, left));
                left -= count;
                count = left > 0 ? from.getInputStream().read(buffer) : -1;
            }
        } catch (IOException ended) {
            // Either side may end at any time.
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable resource : List.copyOf(open)) {
            resource.close();
        }
    }
}
