package io.github.realtime4j.peers;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.RealtimeServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two servers for clients in other languages, one of them with TLS, until standard input ends. Its only argument is the
 * file for the certificate to trust. Prints {@code listening on} and the address of each.
 */
final class PeerServer {
    private PeerServer() {}

    public static void main(String[] args) throws IOException {
        try (RealtimeServer plain = builder().start();
                RealtimeServer tls = builder().tls().start()) {
            Files.writeString(Path.of(args[0]), String.valueOf(tls.certificatePem()));
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println("listening on " + plain.uri());
            out.println("listening on " + tls.uri());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }

    private static RealtimeServer.Builder builder() {
        return RealtimeServer.builder()
                .mcp(McpCatalogue.EMPTY.with(
                        "manual",
                        new McpCatalogue.Tool(
                                "search_manual",
                                "Searches the manual",
                                JsonObject.of(
                                        "type",
                                        "object",
                                        "properties",
                                        JsonObject.of("query", JsonObject.of("type", "string"))),
                                arguments -> "It is on page 7.")))
                .recording(0, 0);
    }
}
