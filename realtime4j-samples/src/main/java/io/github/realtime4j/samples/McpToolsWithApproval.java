package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.tool.ToolApproval;

/** Tools that the service itself calls at an MCP server, each call with the consent of this program. */
public class McpToolsWithApproval {
    public static void main(String[] args) {
        SessionConfig config = SessionConfig.builder()
                .tool(Tool.Mcp.of("deepwiki", "https://mcp.deepwiki.com/mcp")
                        .requireApproval(Tool.RequireApproval.ALWAYS))
                .build();
        SessionOptions options = SessionOptions.builder()
                .mcpApproval(request -> {
                    System.out.println("Approved: " + request.name() + " " + request.arguments());
                    return ToolApproval.approve();
                })
                .build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(config, options).connect()) {
            session.awaitMcpReady().join();
            String question = "Ask the wiki of netty/netty a question: what is a ByteBuf?";
            System.out.println(session.ask(question).join().text());
        }
    }
}
